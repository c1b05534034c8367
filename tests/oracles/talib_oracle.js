// talib_oracle.js < BARS.csv - what TA-Lib says about the bars, as CSV.
//
// Bars are time,open,high,low,close,volume with a header; one line a bar comes
// out. A field is empty before TA-Lib's first value. Columns that begin with
// log_ were computed from the logarithms of the prices. The library used and
// the index of each column's first value go to stderr. See README.md.
'use strict';

const ADX_N = 14;
const BANDS_N = 20;
const SLOPE_N = 24;

const talib = require('talib');

function call(name, inputs, options) {
    const length = Object.values(inputs)[0].length;
    const said = talib.execute({
        name, startIdx: 0, endIdx: length - 1, ...inputs, ...options,
    });
    if (said.error)
        throw new Error(`${name}: ${said.error}`);
    return { first: said.begIndex, columns: Object.values(said.result) };
}

// [our name, TA-Lib's name, what it reads, its options, which output]
const BAR = ['high', 'low', 'close'];
const WILDER = { optInTimePeriod: ADX_N };
const BANDS = {
    optInTimePeriod: BANDS_N, optInNbDevUp: 2, optInNbDevDn: 2, optInMAType: 0,
};
const RANGES = [
    ['true_range', 'TRANGE', BAR, {}],
    ['atr', 'ATR', BAR, WILDER],
    ['plus_di', 'PLUS_DI', BAR, WILDER],
    ['minus_di', 'MINUS_DI', BAR, WILDER],
    ['dx', 'DX', BAR, WILDER],
    ['adx', 'ADX', BAR, WILDER],
];
const COLUMNS = [
    ...RANGES,
    ['natr', 'NATR', BAR, WILDER],
    ['bollinger_sma', 'BBANDS', ['close'], BANDS, 1],
    ['bollinger_upper', 'BBANDS', ['close'], BANDS, 0],
    ['bollinger_lower', 'BBANDS', ['close'], BANDS, 2],
    ['bollinger_sd', 'STDDEV', ['close'],
        { optInTimePeriod: BANDS_N, optInNbDev: 1 }],
    ...RANGES.map(([name, call, reads, options]) =>
        [`log_${name}`, call, reads.map((r) => `log_${r}`), options]),
    ['slope_b', 'LINEARREG_SLOPE', ['log_close'],
        { optInTimePeriod: SLOPE_N }],
];

function readBars(text) {
    const rows = text.trim().split('\n').slice(1)
        .map((line) => line.split(',').map(Number));
    const bars = { time: rows.map((r) => r[0]) };
    BAR.forEach((name, k) => {
        bars[name] = rows.map((r) => r[k + 2]);
        bars[`log_${name}`] = bars[name].map(Math.log);
    });
    return bars;
}

function column(bars, [, name, reads, options, output = 0]) {
    const keys = reads.length === 1 ? ['inReal'] : BAR;
    const inputs = {};
    keys.forEach((key, k) => { inputs[key] = bars[reads[k]]; });
    const { first, columns } = call(name, inputs, options);
    const values = (i) => i < first ? '' : columns[output][i - first];
    return { first, values };
}

// Derived from TA-Lib's columns; NaN where it divides by zero.
const ROOM = Math.sqrt(SLOPE_N) / 0.72;
const DERIVED = [
    ['bollinger_width', (of) => (of('bollinger_upper') -
        of('bollinger_lower')) / of('bollinger_sma'), 'bollinger_sma'],
    ['bollinger_z', (of, close) => (close - of('bollinger_sma')) /
        of('bollinger_sd'), 'bollinger_sd'],
    ['slope', (of, close) => of('slope_b') / (of('atr') / close), 'slope_b'],
    ['z_slope', (of, close) => of('slope_b') / (of('atr') / close) * ROOM,
        'slope_b'],
];

function derive(bars, made, [, formula, from]) {
    const { first } = made.get(from);
    const values = (i) => i < first ? '' :
        formula((name) => made.get(name).values(i), bars.close[i]);
    return { first, values };
}

const bars = readBars(require('fs').readFileSync(0, 'utf8'));
const made = new Map(COLUMNS.map((row) => [row[0], column(bars, row)]));
DERIVED.forEach((row) => made.set(row[0], derive(bars, made, row)));
const columns = [...made.values()];
console.error(`# talib ${talib.version}; first values: ` +
    [...made].map(([name, { first }]) => `${name} ${first}`).join(', '));
const lines = bars.time.map((time, i) =>
    [time, ...columns.map((c) => c.values(i))].join(','));
console.log([['time', ...made.keys()].join(','), ...lines].join('\n'));
