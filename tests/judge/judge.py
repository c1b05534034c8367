#!/usr/bin/python3 -B
"""judge.py - holds a data repository to a second opinion.

Recomputes from the candles alone what the service should have concluded and
said at every slot of [FROM, TO), and compares it with every document of the
repository and with what the receiving end of the notifications got. It shares
no line with the C code and starts nothing but git and zstd.

Prints `ok NAME detail` or `FAIL NAME detail` for every check, the changes of
state, and `judge: N ok, M failed`. Exits 1 if a check failed, 2 on misuse.
"""

import argparse
import subprocess
import sys

import yaml

from case import Case
from goldens import GOLDENS, judge_goldens
from judge_ladder import judge_ladder
from judge_looks import judge_looks
from judge_messages import judge_messages
from judge_slots import judge_slots
from judge_store import judge_store
from witness import MODEL


def options_of(argv):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", required=True, help="candles, CSV or .zst")
    parser.add_argument("--repo", required=True, help="bare data repository")
    parser.add_argument("--received", help="what the simulator received")
    parser.add_argument("--from", dest="start", required=True)
    parser.add_argument("--to", dest="end", required=True)
    parser.add_argument("--grid", required=True, help="id of the grid")
    parser.add_argument("--range", required=True, help="LOWER:UPPER:STOP")
    parser.add_argument("--pi-model", default=MODEL,
                        help="that the configuration asks for")
    parser.add_argument("--expect-goldens", choices=sorted(GOLDENS))
    return parser.parse_args(argv)


def main(argv):
    options = options_of(argv)
    try:
        case = Case(options)
    except (OSError, ValueError, KeyError, TypeError, yaml.YAMLError,
            subprocess.CalledProcessError) as error:
        print(f"FAIL case {type(error).__name__}: {error}")
        print("judge: 0 ok, 1 failed")
        return 1
    for judge in (judge_store, judge_slots, judge_ladder, judge_looks,
                  judge_messages):
        try:
            judge(case)
        except (ValueError, KeyError, TypeError) as error:
            case.check(judge.__name__, False,
                       f"{type(error).__name__}: {error}")
    if options.expect_goldens:
        judge_goldens(case, GOLDENS[options.expect_goldens])
    case.tell_changes()
    print(f"judge: {case.good} ok, {case.bad} failed")
    return 1 if case.bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
