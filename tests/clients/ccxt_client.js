// The world as ccxt sees it.
const { url, keys, wrong, plain, tell } = require('./world.js');
const ccxt = require('ccxt');

function client({ key, secret, passphrase }) {
    const c = new ccxt.kucoin({ apiKey: key, secret, password: passphrase,
                                enableRateLimit: false });
    for (const name of Object.keys(c.urls.api))
        c.urls.api[name] = url;
    // A spot account of today's kind; the rest of the exchange is not there.
    Object.assign(c.options, { hf: true,
        fetchMarkets: { types: ['spot'], fetchTickersFees: false } });
    c.has.fetchCurrencies = false;
    return c;
}

const c = client(keys);
const pair = 'BTC/USDT';
const refused = (k) => async () => {
    const other = client(k);
    other.markets = c.markets;
    return other.fetchBalance({ hf: false });
};

tell({
    time: () => c.fetchTime(),
    status: async () => (await c.fetchStatus()).status,
    symbol: async () => {
        const m = (await c.loadMarkets(false, { marginables: false }))[pair];
        return { tick: m.precision.price, lot: m.precision.amount, least: m.limits.amount.min,
                 funds: m.limits.cost.min, active: m.active };
    },
    candles: () => c.fetchOHLCV(pair, '15m', undefined, 8),
    hours: () => c.fetchOHLCV(pair, '1h', undefined, 4),
    ticker: async () => plain((await c.publicGetMarketOrderbookLevel1({ symbol: 'BTC-USDT' })).data.price),
    book: async () => {
        const b = await c.fetchOrderBook(pair, 20);
        return { bids: b.bids, asks: b.asks };
    },
    balance: async () => {
        const b = await c.fetchBalance({ hf: false });
        return Object.fromEntries(['BTC', 'USDT'].map((x) => [x, [b[x].total, b[x].free]]));
    },
    orders: async () => (await c.fetchOpenOrders(pair))
        .map((o) => [o.id, o.side, o.price, o.amount]).sort(),
    fills: async () => (await c.fetchMyTrades(pair, undefined, 100))
        .map((t) => [t.timestamp, t.side, t.price, t.amount, t.fee.cost, t.takerOrMaker]).sort(),
    stop_orders: async () => (await c.fetchOpenOrders(pair, undefined, undefined, { stop: true })).length,
    wrong_secret: refused(wrong.secret),
    wrong_passphrase: refused(wrong.passphrase),
    wrong_key: refused(wrong.key),
});
