// croner.mjs TABLE: the table of tests/golden/cron.tsv (robfig/cron's, which
// Kubernetes uses) asked of another implementation, npm croner. Prints what
// judge.py prints: case, expected, seen. What is not compared is counted too.
import { createRequire } from 'node:module';
import fs from 'node:fs';
const { Cron } = createRequire(process.env.NODE_PATH + '/')('croner');

const MOST = [59, 23, 31, 12, 6];
const HOUR = 3600e3, YEAR = 366 * 86400e3;

// N/STEP is N up to the end, which croner wants written; ? is * here.
const written = (expression) => expression.replaceAll('?', '*').split(/\s+/)
    .map((field, i) => field.split(',').map((part) =>
        part.replace(/^(\d+)\/(\d+)$/, (_, n, step) => `${n}-${MOST[i]}/${step}`)).join(',')).join(' ');

// Steps wider than the field, and a * that is not alone where both days count:
// what they mean differs, and the table says how Kubernetes has it.
function differs(fields) {
    const wide = fields.some((field, i) => field.split(',').some((part) =>
        Number(part.split('/')[1] ?? 0) > (i === 4 ? 7 : MOST[i] + (i < 2 ? 1 : 0))));
    const day = [fields[2], fields[4]];
    const star = (f) => f.split(',').some((p) => p === '*' || p === '*/1');
    const either = day.some((f) => f !== '*' && star(f)) ||
        day.some((f) => f === '*/1') || (day[0] !== '*' && day[1] !== '*' && day.some(star));
    return wide || either;
}

function offset(zone, ms) {
    const parts = Object.fromEntries(new Intl.DateTimeFormat('en-US', { timeZone: zone,
        hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric',
        minute: 'numeric', second: 'numeric' }).formatToParts(ms).map((p) => [p.type, +p.value]));
    return Date.UTC(parts.year, parts.month - 1, parts.day, parts.hour, parts.minute, parts.second)
        - Math.floor(ms / 1000) * 1000;
}
// Are the clocks set within a day of one of the moments? There croner runs what
// is skipped over an hour later, and what is shown twice once.
const isChange = (zone, ...moments) => moments.some((ms) =>
    offset(zone, ms - 26 * HOUR) !== offset(zone, ms + 26 * HOUR));

const count = { alike: 0, change: 0, other: 0, never: 0, broken: 0 };
const wrong = [];
for (const line of fs.readFileSync(process.argv[2], 'utf8').split('\n')) {
    const [word, expression, zone, from, want] = line.split('\t');
    if (word !== 'next')
        continue;
    const plain = written(expression.trim());
    if (plain.startsWith('@') || differs(plain.split(' '))) {
        count.other++;
        continue;
    }
    let seen;
    try {
        const next = new Cron(plain, { timezone: zone, legacyMode: true }).nextRun(new Date(from));
        const far = !next || next - Date.parse(from) > 5 * YEAR;
        seen = far ? 'never' : next.toISOString().replace('.000', '');
    } catch (e) {
        // It looks for what never comes until its stack is full.
        seen = e instanceof RangeError ? 'never' : e.message;
    }
    const moments = [Date.parse(from), Date.parse(want), Date.parse(seen)].filter((ms) => ms);
    if (seen === want && want === 'never')
        count.never++;
    else if (seen === want)
        count.alike++;
    else if (isChange(zone, ...moments))
        count.change++;
    else
        wrong.push(`${expression} in ${zone} after ${from}: ${want}, not ${seen}`);
}
for (const line of wrong.slice(0, 20))
    console.log(`cron: ${line.replaceAll('\t', ' ')}\talike\tanother time`);
console.log(`cron: times that croner has otherwise, but for days on which clocks are set\t0\t${wrong.length}`);
console.log(`cron: at least 1500 are compared\ttrue\t${count.alike >= 1500}`);
console.error(`${count.alike} alike, ${count.never} never, ${count.change} on days on which clocks ` +
    `are set, ${count.other} that mean something else to croner or nothing`);
