// made_bars.js SEED N - the bars of metric_made_lcg() as CSV, written a second
// time. Whole numbers only; see tests/unit/metrics/metric_made.h.
'use strict';

const [seed, n] = process.argv.slice(2).map(Number);
const HOUR_S = 3600;
const FIRST = 483001; // METRIC_MADE_FIRST, numbered in hours

let x = seed >>> 0;
function draw(below) {
    x = (Math.imul(x, 1664525) + 1013904223) >>> 0;
    return (x >>> 16) % below;
}

const lines = ['time,open,high,low,close,volume'];
let close = 20000;
for (let i = 0; i < n; i++) {
    const open = close;
    const move = draw(401) - 200;
    const outside = close + move < 10000 || close + move > 40000;
    close += outside ? -move : move;
    const high = Math.max(open, close) + draw(90);
    const low = Math.min(open, close) - draw(90);
    const prices = [open, high, low, close].map((cents) => cents / 100);
    lines.push([(FIRST + i) * HOUR_S, ...prices, 1].join(','));
}
console.log(lines.join('\n'));
