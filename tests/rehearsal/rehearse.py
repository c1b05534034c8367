#!/usr/bin/env python3
"""Would the first alert of each break have come in time? The engine is asked.

    tests/rehearsal/rehearse.py [--crisis] GRIDWATCH DATA EXPECTED WORK \
        [OPTION]...

EXPECTED is what expected.py says of the candles in DATA. Its grids are given to
`gridwatch backtest --grids`, and OPTIONs with them: the configuration is the
program's. The file knows no money, so the rows that read it are to be shadow.

    break    the first verdict of LATEST or worse must not come after alert_by,
             and the engine's M or S must be where the file has it
    control  there must be none in the ten days. With --crisis the rules have
             L_CRISIS, which may speak from a pi of .25 on: of a near control
             such an alert is counted as loud and told, and does not fail; one
             by any other row, or one with a MANDATORY, does

A line a case with the reason of the first alert (as in the table of lives) and
its lead to the event; then the leads of each anchor, the day of a break, and of
all: least, quartiles (between the two nearest, linearly) and most, in hours;
0.00 is an alert with the event and not before it. Ends with the counts, and
with 1 if a case fails.
"""
import csv
import os
import subprocess
import sys

from expected import SLOT, moment, said


def at(text):
    if text == '-':
        return None
    day, clock = text.split('T')
    return moment(day) + int(clock[:2]) * 3600 + int(clock[3:5]) * 60


class Case:
    def __init__(self, line):
        (self.day, self.file, start, self.lower, self.upper, self.stop,
         _, boundary, _, stop, by, self.by_what, _) = line.split('\t')
        self.start, self.by = at(start), at(by)
        self.event = min((t for t in (at(boundary), at(stop)) if t),
                         default=None)
        self.id = '%s-%d' % ('q' if self.quiet else 'b', self.start)

    @property
    def quiet(self):
        return self.day in ('quiet', 'near')

    def yaml(self):
        name = self.file.split('-')[0]
        quote = 'USDT' if name.endswith('USDT') else 'USD'
        start = said(self.start) + ':00Z'
        return f"""\
id: {self.id}
symbol: {name[:-len(quote)]}-{quote}
market: spot
side: long
spacing: geometric
lower: {self.lower}
upper: {self.upper}
levels: 20
capital: 1000
started_at: "{start}"
stop: {self.stop}
history:
  - {{at: "{start}", event: created}}
  - {{at: "{start}", event: started}}
"""


def ask(program, data, work, file, cases, options):
    paths = []
    for case in cases:
        paths.append(os.path.join(work, f'{file}-{case.id}.yaml'))
        with open(paths[-1], 'w') as out:
            out.write(case.yaml())
    lives = os.path.join(work, file + '.csv')
    done = subprocess.run(
        [program, 'backtest', '-q', '--data', data, '--symbols', file,
         '--lives', lives, '--json', *options, '--grids', *paths], stdout=subprocess.DEVNULL)
    if done.returncode:
        sys.exit(f'rehearse: the backtest of {file} ended with '
                 f'{done.returncode}')
    with open(lives) as table:
        rows = [r for r in csv.DictReader(table) if r['symbol'] == file]
    rang = {r['start_ms'] for r in rows if r['first_mandatory_ms']}
    return {int(r['start_ms']) // 1000: r | {'rang': r['start_ms'] in rang}
            for r in rows if r['delay_ms'] == '0'}


def told_at(life):
    return min((int(life[k]) // 1000 for k in
                ('first_latest_ms', 'first_mandatory_ms') if life[k]),
               default=None)


def is_loud(case, life):
    """Told of a near control by L_CRISIS, the row that reads a lower pi than
    LATEST's: with the guard in shadow `other` is said of no row but it. No
    MANDATORY came, neither at once nor to who stayed longer."""
    return case.day == 'near' and told_at(life) is not None and \
        life['reason'] == 'other' and not life['rang']


def judge(case, life, crisis):
    """Nothing if all is well, else what is wrong."""
    first, event = told_at(life), life['m_ms'] and int(life['m_ms']) // 1000
    if case.quiet and crisis and is_loud(case, life):
        return None
    if case.quiet:
        return first and 'a control that is not quiet'
    if case.event and (not event or abs(event - case.event) > SLOT):
        return f'the event is at {event and said(event)}'
    if case.by is None:
        return None
    if first is None:
        return 'never told'
    return first > case.by and 'told %.2f h too late' % (
        (first - case.by) / 3600)


def line_of(case, life, wrong):
    told, words = told_at(life), []
    if told:
        words.append(life['reason'])
    if told and case.event:
        words.append('%.2f h before' % ((case.event - told) / 3600))
    if case.quiet and told and not wrong:
        words.append('loud')
    if wrong:
        words.append(wrong)
    return ' '.join(['FAIL' if wrong else 'ok', case.day, case.file,
                     said(case.start), 'by', said(case.by), 'told', said(told),
                     *words])


def at_share(sorted_leads, share):
    """The lead that such a share of them is not above."""
    place = share * (len(sorted_leads) - 1)
    low = int(place)
    high = min(low + 1, len(sorted_leads) - 1)
    return sorted_leads[low] + (place - low) * (
        sorted_leads[high] - sorted_leads[low])


def say_leads(anchor, leads):
    leads = sorted(leads)
    print('leads', anchor, len(leads),
          *('%.2f' % at_share(leads, s) for s in (0, .25, .5, .75, 1)))


def say_all_leads(leads):
    for anchor in sorted({day for day, _ in leads}):
        say_leads(anchor, [h for day, h in leads if day == anchor])
    if leads:
        say_leads('all', [h for _, h in leads])


def main():
    crisis = sys.argv[1] == '--crisis'
    del sys.argv[1:1 + crisis]
    program, data, expected, work, *options = sys.argv[1:]
    with open(expected) as lines:
        cases = [Case(line.rstrip('\n')) for line in lines
                 if not line.startswith('#')]
    failed, loud, leads = 0, 0, []
    for file in sorted({c.file for c in cases}):
        mine = [c for c in cases if c.file == file]
        lives = ask(program, data, work, file, mine, options)
        for case in mine:
            wrong = judge(case, lives[case.start], crisis)
            loud += not wrong and is_loud(case, lives[case.start])
            failed += bool(wrong)
            print(line_of(case, lives[case.start], wrong))
            told = told_at(lives[case.start])
            if told and case.event:
                leads.append((case.day, (case.event - told) / 3600))
    say_all_leads(leads)
    print(f'rehearsal: {len(cases) - failed} ok, {failed} failed,',
          sum(c.event is not None for c in cases), 'breaks,',
          sum(c.quiet for c in cases), 'controls,', loud, 'of them loud')
    sys.exit(failed > 0 or not cases)


if __name__ == '__main__':
    main()
