"""The values of tests/golden/demo_real.md, for --expect-goldens: what four of
the rows come to on their own.

Source: a separate program in another language, from the rules alone, on the
same recorded candles (KuCoin BTC/USDT 15m, 2020-12 to 2021-12).
"""

from case import changes, differences
from repository import rfc3339, seconds

# Half of the last digit that the values were printed with.
HALF_DIGIT_PI = 0.51e-10
HALF_DIGIT_VOLATILITY = 0.51e-14

GOLDENS = {
    "A": {
        "range": "39913:53638:38476",
        "from": "2021-05-16", "to": "2021-05-20", "slots": 384,
        "pi": {
            "2021-05-16T00:00:00Z": .0340211013,
            "2021-05-17T17:15:00Z": .2632247234,
            "2021-05-19T01:30:00Z": .3420989574,
            "2021-05-19T01:45:00Z": .3879280190,
            "2021-05-19T02:00:00Z": .4523223355,
            "2021-05-19T04:15:00Z": .5838326990,
        },
        "volatility": {"2021-05-19T02:00:00Z": .00722984068017},
        "first": {
            "L_HAZ": "2021-05-19T02:00:00Z",
            "M_BOUNDARY": "2021-05-19T06:00:00Z",
            "M_STOP": "2021-05-19T11:30:00Z",
        },
        "states": [
            ("2021-05-16T00:00:00Z", "NORMAL"),
            ("2021-05-17T17:15:00Z", "WARNING"),
            ("2021-05-17T18:15:00Z", "NORMAL"),
            ("2021-05-19T01:15:00Z", "WARNING"),
            ("2021-05-19T02:00:00Z", "LATEST_ACCEPTABLE_EXIT"),
            ("2021-05-19T06:00:00Z", "MANDATORY_EXIT"),
            ("2021-05-19T09:00:00Z", "LATEST_ACCEPTABLE_EXIT"),
            ("2021-05-19T11:30:00Z", "MANDATORY_EXIT"),
        ],
    },
    "B": {
        "range": "27053:37514:25979",
        "from": "2021-06-27", "to": "2021-07-09", "slots": 1152,
        "pi": {"2021-06-29T17:30:00Z": .2973287090},
        "highest": "2021-06-29T17:30:00Z",
        "volatility": {},
        "first": {"L_HAZ": None, "M_BOUNDARY": None, "M_STOP": None},
        "states": [
            ("2021-06-27T00:00:00Z", "NORMAL"),
            ("2021-06-29T13:30:00Z", "WARNING"),
            ("2021-06-29T22:30:00Z", "NORMAL"),
        ],
    },
}


def judge_goldens(case, golden):
    case.check("golden-case", len(case.slots) == golden["slots"]
               and case.start == seconds(golden["from"])
               and case.end == seconds(golden["to"])
               and case.options.range == golden["range"],
               f"{len(case.slots)} slots, grid {case.options.range}")
    four = {time: v.plain for time, v in case.verdicts.items()}
    at = {rfc3339(time): v for time, v in four.items()}
    wrong = [f"{time} {at[time].pi.number}, not {pi}"
             for time, pi in golden["pi"].items()
             if abs(at[time].pi.number - pi) > HALF_DIGIT_PI]
    case.every("golden-pi", wrong, f"{len(golden['pi'])} values")
    wrong = [f"{time} {at[time].sigma.number}, not {sigma}"
             for time, sigma in golden["volatility"].items()
             if abs(at[time].sigma.number - sigma) > HALF_DIGIT_VOLATILITY]
    case.every("golden-volatility", wrong,
               f"{len(golden['volatility'])} values")
    first = {name: min((time for time, v in at.items()
                        if v.answers[name] == "yes"), default=None)
             for name in golden["first"]}
    case.check("golden-first", first == golden["first"], str(first))
    if "highest" in golden:
        highest = max(at, key=lambda time: at[time].pi.number)
        case.check("golden-highest", highest == golden["highest"], highest)
    states = [(rfc3339(v.time), v.state) for v in changes(four)]
    case.every("golden-states", differences(states, golden["states"]),
               f"{len(states)} states")
