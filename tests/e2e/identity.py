#!/usr/bin/env python3
"""The evaluations of one grid by three ways, compared byte by byte.

    tests/e2e/identity.py REPOSITORY GRID FROM TO REPLAYED BACKTESTED

What the runs committed (the `evaluation` of the exit documents of the slots in
[FROM, TO), cut out as text) against two files of --evaluations. Prints how many
slots were equal by state; 1 when a byte differs, a slot is missing on one side,
or no slot says LATEST, or none MANDATORY.
"""
import difflib
import re
import subprocess
import sys


def git(repository, *words):
    return subprocess.run(['git', '--git-dir', repository, *words],
                          stdout=subprocess.PIPE, check=True).stdout.decode()


def recorded(repository, grid, first, last):
    out = {}
    for path in git(repository, 'ls-tree', '-r', '--name-only', 'HEAD',
                    f'exits/{grid}/').splitlines():
        y, m, d, hm = re.search(r'/(\d+)/(\d+)/(\d+)/(\d{4})\.yaml$',
                                path).groups()
        slot = f'{y}-{m}-{d}T{hm[:2]}:{hm[2:]}:00Z'
        if not first <= slot < last:
            continue
        text = git(repository, 'show', f'HEAD:{path}')
        assert 'backfilled: false' in text, path
        out[slot] = re.search(r'^evaluation:\n(?: .*\n)+', text, re.M).group(0)
    return out


def written(path, grid, first, last):
    out, slot = {}, None
    with open(path) as lines:
        for line in lines:
            if line.startswith('--- # '):
                _, _, _, which, slot = line.split()
                if which != grid or not first <= slot < last:
                    slot = None
                elif slot in out:
                    sys.exit(f'{path}: {slot} stands there twice')
                else:
                    out[slot] = ''
            elif slot:
                out[slot] += line
    return out


def differ(name, slot, want, got):
    print(f'{name}, {slot}: not what was recorded')
    for line in list(difflib.unified_diff(
            (want or '').splitlines(), (got or '').splitlines(), 'recorded',
            name, lineterm='', n=0))[:12]:
        print('   ', line[:200])


def main():
    repository, grid, first, last, *paths = sys.argv[1:]
    want = recorded(repository, grid, first, last)
    states, wrong = {}, 0
    for text in want.values():
        state = re.search(r'^  state: (\S+)$', text, re.M).group(1)
        states[state] = states.get(state, 0) + 1
    for path in paths:
        got = written(path, grid, first, last)
        for slot in sorted(set(want) | set(got)):
            if want.get(slot) != got.get(slot):
                wrong += 1
                if wrong <= 5:
                    differ(path, slot, want.get(slot), got.get(slot))
    print('identity:', len(want), 'slots,', len(paths), 'other ways,', wrong,
          'differ;', ' '.join(f'{k} {n}' for k, n in sorted(states.items())))
    sys.exit(bool(wrong) or len(paths) == 0 or not {
        'LATEST_ACCEPTABLE_EXIT', 'MANDATORY_EXIT'} <= set(states))


if __name__ == '__main__':
    main()
