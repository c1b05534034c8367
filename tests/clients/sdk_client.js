// The world as KuCoin's own SDK sees it.
const { url, keys, wrong, plain, tell } = require('./world.js');
const sdk = require('kucoin-universal-sdk');
const { Market, Order } = sdk.Spot;

function client({ key, secret, passphrase }) {
    const options = new sdk.ClientOptionBuilder()
        .setKey(key).setSecret(secret).setPassphrase(passphrase)
        .setSpotEndpoint(url).setFuturesEndpoint(url).setBrokerEndpoint(url)
        .setTransportOption(new sdk.TransportOptionBuilder().build());
    return new sdk.DefaultClient(options.build()).restService();
}

const rest = client(keys);
const market = rest.getSpotService().getMarketApi();
const order = rest.getSpotService().getOrderApi();
const symbol = 'BTC-USDT';
const since = Date.now() / 1000 - 86400;
const rows = (data) => data.map((r) => r.map(plain));
const refused = (k) => () => client(k).getAccountService().getAccountApi().getSpotAccountList(
    sdk.Account.Account.GetSpotAccountListReq.builder().build());

async function candles(type, count) {
    const r = await market.getKlines(Market.GetKlinesReq.builder().setSymbol(symbol)
        .setType(type).setStartAt(since).setEndAt(Date.now() / 1000).build());
    // Newest first; time, open, close, high, low, volume, turnover.
    return rows(r.data).slice(0, count).reverse()
        .map(([t, o, cl, h, l, v]) => [t * 1000, o, h, l, cl, v]);
}

tell({
    time: async () => (await market.getServerTime()).data,
    status: async () => (await market.getServiceStatus()).status === 'open' ? 'ok' : 'other',
    symbol: async () => {
        const s = await market.getSymbol(Market.GetSymbolReq.builder().setSymbol(symbol).build());
        return { tick: plain(s.priceIncrement), lot: plain(s.baseIncrement),
                 least: plain(s.baseMinSize), funds: plain(s.quoteMinSize),
                 active: s.enableTrading };
    },
    candles: () => candles('15min', 8),
    hours: () => candles('1hour', 4),
    ticker: async () => plain((await market.getTicker(
        Market.GetTickerReq.builder().setSymbol(symbol).build())).price),
    book: async () => {
        const b = await market.getPartOrderBook(
            Market.GetPartOrderBookReq.builder().setSymbol(symbol).setSize('20').build());
        return { bids: rows(b.bids), asks: rows(b.asks) };
    },
    balance: async () => {
        const list = (await rest.getAccountService().getAccountApi().getSpotAccountList(
            sdk.Account.Account.GetSpotAccountListReq.builder().build())).data;
        const of = (x) => list.find((a) => a.currency === x && a.type === 'trade');
        return Object.fromEntries(['BTC', 'USDT']
            .map((x) => [x, [plain(of(x).balance), plain(of(x).available)]]));
    },
    orders: async () => (await order.getOpenOrders(
        Order.GetOpenOrdersReq.builder().setSymbol(symbol).build())).data
        .map((o) => [o.id, o.side, plain(o.price), plain(o.size)]).sort(),
    fills: async () => (await order.getTradeHistory(
        Order.GetTradeHistoryReq.builder().setSymbol(symbol).setLimit(100).build())).items
        .map((t) => [t.createdAt, t.side, plain(t.price), plain(t.size), plain(t.fee), t.liquidity])
        .sort(),
    stop_orders: async () => (await order.getStopOrdersList(
        Order.GetStopOrdersListReq.builder().setSymbol(symbol).build())).items.length,
    wrong_secret: refused(wrong.secret),
    wrong_passphrase: refused(wrong.passphrase),
    wrong_key: refused(wrong.key),
});
