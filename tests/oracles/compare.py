#!/usr/bin/env python3
"""compare.py TF WARMUPS DUMP LIBRARY=FILE... - our metrics against the oracles.

Prints one row of a table for each metric and oracle, then a line of counts;
exits 1 when any of them differs. DUMP and WARMUPS are what metric_dump printed.
FILE holds the columns of LIBRARY, or columns that name theirs (LIBRARY:NAME).
An empty field of an oracle was not asked; nan is the answer that there is no
value, and then we may have none. See README.md.
"""
import csv
import math
import sys

LIMIT = 1e-9

# [our column, library, its column]
TALIB = [
    ['atr', 'atr'], ['adx', 'adx'], ['adx_log', 'log_adx'],
    ['plus_di', 'plus_di'], ['minus_di', 'minus_di'],
    ['slope', 'slope'], ['z_slope', 'z_slope'], ['bbw', 'bollinger_width'],
    ['z20', 'bollinger_z'], ['raw_true_range', 'true_range'],
    ['raw_natr', 'natr'], ['raw_plus_di', 'plus_di'],
    ['raw_minus_di', 'minus_di'], ['raw_adx', 'adx'],
    ['raw_sma20', 'bollinger_sma'], ['raw_sd20', 'bollinger_sd'],
    ['raw_b', 'slope_b'],
]
PAIRS = [[ours, 'TA-Lib', theirs] for ours, theirs in TALIB] + [
    ['t_df', 'statsmodels', 't_df'], ['t_df_200', 'statsmodels', 't_df_200'],
    ['rho1', 'statsmodels', 'rho1'], ['raw_t_df', 'statsmodels', 't_df'],
    ['raw_rho', 'statsmodels', 'rho'],
    ['raw_sma20', 'numpy', 'sma20'], ['raw_sd20', 'numpy', 'sd20'],
    ['raw_b', 'numpy', 'b'], ['raw_r2', 'numpy', 'r2'],
    ['raw_vr', 'numpy', 'vr8'], ['raw_vr_z', 'numpy', 'vr_z'],
    ['raw_er10', 'numpy', 'er10'], ['raw_er24', 'numpy', 'er24'],
    ['raw_ver', 'numpy', 'ver_raw'],
] + [[name, 'numpy', name] for name in (
    'atr', 'er10', 'er24', 'half_life', 'half_life_100', 'half_life_200',
    't_df', 'vr8', 'slope', 'z_slope', 'bbw', 'z20', 'ver', 'ver_raw')
] + [[name, 'pandas', name] for name in (
    'vol_haz', 'vol_fast', 'vol_slow', 'vol_rank', 'bbw_pct')]

# Where the relative difference may be above LIMIT, and why. The difference is
# then held to LIMIT of the largest value of the metric.
NEAR_0 = 'it passes 0, where only absolute digits are left'
BIG_SUMS = 'TA-Lib takes one large sum from another; see numpy'
REASONS = {
    **{(name, library): NEAR_0 for library in ('numpy', 'statsmodels')
       for name in ('z20', 'raw_vr_z', 'raw_b', 'raw_r2', 'slope', 'z_slope',
                    'raw_rho', 'rho1')},
    **{(name, 'TA-Lib'): BIG_SUMS for name in (
        'slope', 'z_slope', 'raw_b', 'bbw', 'z20', 'raw_sd20')},
}
ONLY_HOURS = {'raw_sma20', 'raw_sd20', 'raw_b'}  # not fed with 15m bars
LATER = {'half_life', 'half_life_100', 'half_life_200', 'ver'}  # than warm-up


def columns(path):
    with open(path, newline='') as f:
        rows = list(csv.reader(f))
    return {name: [row[k] for row in rows[1:]]
            for k, name in enumerate(rows[0])}


def floor(ours, library, bars):
    """How many values must be compared."""
    if ours == 'half_life':
        return bars // 100  # seldom identified
    return bars // 10 if library == 'statsmodels' else bars // 3


def first(values):
    return next((i for i, v in enumerate(values) if v not in ('', 'nan')), None)


def differences(ours, theirs):
    """Pairs of numbers, and bars where only one side has a value."""
    both, alone = [], 0
    begun = min(first(ours) or 0, first(theirs) or 0)
    for mine, other in list(zip(ours, theirs))[begun:]:
        if other == '' or (other == 'nan' and mine == ''):
            continue
        if other == 'nan' or mine == '':
            alone += 1
        else:
            both.append((float(mine), float(other)))
    return both, alone


def worst(both):
    """The largest relative difference, and that to the largest value."""
    largest = max((abs(x) for pair in both for x in pair), default=0)
    gaps = [(abs(x - y), max(abs(x), abs(y))) for x, y in both if x != y]
    relative = max((gap / size for gap, size in gaps), default=0)
    return relative, max((gap for gap, _ in gaps), default=0) / (largest or 1)


def judge(pair, ours, theirs, warmup):
    """The cells of a row, and what is wrong or None."""
    both, alone = differences(ours, theirs)
    relative, scaled = worst(both)
    begun, reason = [first(ours), first(theirs)], REASONS.get(tuple(pair[:2]))
    name = pair[0]
    wrong = None
    if not math.isfinite(relative) or relative > LIMIT and (
            not reason or scaled > LIMIT):
        wrong = 'DIFFERS'
    elif len(both) < floor(name, pair[1], len(ours)):
        wrong = 'TOO FEW'
    elif alone:
        wrong = '%d VALUES STAND ALONE' % alone
    elif begun[0] != begun[1]:
        wrong = 'BEGINS ELSEWHERE'
    elif warmup and begun[0] + 1 != warmup and name not in LATER:
        wrong = 'THE TABLE SAYS %d BARS' % warmup
    verdict = wrong or ('same' if relative <= LIMIT else
                        'same to %.1e of the largest: %s' % (scaled, reason))
    return [name, ':'.join(pair[1:]), str(len(both)), '%.1e' % relative,
            '%s / %s' % tuple(begun), verdict], wrong


def without_oracle(dump, seen, libraries):
    """Metrics of the table that nobody was asked about."""
    if len(libraries) > 1:
        return [name for name in dump if name != 'time' and name not in seen]
    return []


def load(arguments):
    oracles = {}
    for argument in arguments:
        library, path = argument.split('=', 1)
        for name, values in columns(path).items():
            key = name if ':' in name else library + ':' + name
            oracles[key] = values
    return oracles


def main(tf, warmups, dump, *oracles):
    dump, libraries = columns(dump), {a.split('=')[0] for a in oracles}
    oracles = load(oracles)
    with open(warmups, newline='') as f:
        warmups = {name: int(bars) for name, bars in csv.reader(f)}
    bad, seen = 0, set()
    print('| metric | oracle | compared | largest relative difference |'
          ' first index, ours / oracle | verdict |\n|---|---|---|---|---|---|')
    for pair in PAIRS:
        ours, theirs = dump.get(pair[0]), oracles.get(':'.join(pair[1:]))
        if not ours or not theirs or tf == '15m' and pair[0] in ONLY_HOURS:
            continue
        seen.add(pair[0])
        cells, wrong = judge(pair, ours, theirs, warmups.get(pair[0]))
        bad += wrong is not None
        print('| ' + ' | '.join(cells) + ' |')
    for name in without_oracle(warmups, seen, libraries):
        bad += 1
        print('| %s | none | 0 | | | NO ORACLE |' % name)
    return 1 if bad or not seen else 0


if __name__ == '__main__':
    sys.exit(main(*sys.argv[1:]))
