"""Metrics, regime and the 21 rows of every document against the second
opinion."""

from case import same_number
from classifier import explain
from figures import distances, numbers, pi_gates, waiting
from gates import GATES
from repository import number, rfc3339, seconds
from rows import NAMES
from value import Value


def judge_ladder(case):
    case.compare("metrics", case.metrics, _metrics)
    case.compare("scores", case.metrics, _scores)
    case.compare("probabilities", case.metrics, _probabilities)
    case.compare("labels", case.metrics, _labels)
    case.compare("ladder", case.exits, _ladder)
    case.compare("theta", case.exits, _theta)
    case.compare("together", case.exits, _together)
    case.compare("literal", case.exits, _literal)
    case.compare("figures", case.exits, _figures)
    case.compare("waiting", case.exits, _waiting)
    case.compare("distances", case.exits, _distances)
    case.compare("gates", case.exits, _gates)
    _judge_states(case)


def near(raw, expected):
    """Within 1e-9, relatively; a sum that nearly cancels, within 1e-12."""
    got = number(raw)
    if got is None or expected is None:
        return got is None and expected is None
    return abs(got - expected) <= 1e-9 * abs(expected) + 1e-12


def _metrics(verdict, document):
    wrong = []
    rows = {(row["name"], row["tf"]): row for row in document["metrics"]}
    absent = set(verdict.r.metrics) - set(rows)
    if absent:
        return f"no {sorted(absent)}"
    for key, row in rows.items():
        expected = verdict.r.metrics.get(key, Value(None, "unavailable"))
        if not near(row["value"], expected.number) \
                or row["status"] != expected.status:
            wrong.append(f"{' '.join(key)} {row['value']} {row['status']}, "
                         f"not {expected}")
    return ", ".join(wrong) or None


def _map(got, expected):
    wrong = [f"{key} {got.get(key)}, not {value}"
             for key, value in expected.items()
             if not (near(got.get(key), value)
                     if not isinstance(value, str) else
                     got.get(key) == value)]
    return ", ".join(wrong) or None


def _scores(verdict, document):
    r = verdict.r
    none = (None,) * 3
    hour = r.m.scores if r.m and "1h" not in r.late else none
    four = r.four.scores if r.four else none
    expected = {f"{name}_{tf}": value for tf, tmv in (("1h", hour),
                                                      ("4h", four))
                for name, value in zip("tmv", tmv)}
    return _map(document["regime"]["scores"], expected)


def _probabilities(verdict, document):
    r, regime = verdict.r, document["regime"]
    for key, values in (("p", r.p), ("raw", r.raw)):
        wrong = _map(regime[key], {k: v.number for k, v in values.items()})
        if wrong:
            return f"{key}: {wrong}"
    wrong = _map(regime["confidence"], {"value": r.confidence.number})
    if wrong or not r.raw["trend"].usable():
        return wrong
    return _map(regime["why"], explain(r.m))


def _labels(verdict, document):
    r = verdict.r
    expected = {"pooled": r.pooled, "before": r.before,
                "label_1h": r.label_1h, "label_4h": r.label_4h,
                "crisis": r.crisis.answer}
    if r.known:
        runs = {"run": (r.before, r.m.run), "run_1h": (r.label_1h, r.run_1h),
                "run_4h": (r.label_4h, r.run_4h)}
        expected |= {key: run for key, (label, run) in runs.items()
                     if label != "UNKNOWN"}
    return _map(document["regime"], expected)


def _ladder(verdict, document):
    got = {row["id"]: row["answer"]
           for row in document["evaluation"]["triggers"]}
    wrong = [f"{name} {got.get(name)}, not {verdict.answers[name]}"
             for name in NAMES if got.get(name) != verdict.answers[name]]
    return ", ".join(wrong) or None


def _together(verdict, document):
    return _map(document["evaluation"]["together"], {
        "answer": verdict.together, "warnings": verdict.yes,
        "unknown": verdict.unknown, "held": verdict.counted["warnings"]})


def _theta(verdict, document):
    got, t = document["evaluation"].get("theta"), verdict.theta
    if verdict.profile == "seed" or verdict.modes.get("L_HAZ") == "off":
        return f"{got}, where it is not asked" if got else None
    return _map(got, {"enter": t.enter, "leave": t.leave, "by": t.by,
                      "half_atr": t.half, "stop_atr": t.stop,
                      "atr": t.atr, "delay": None if t.delay == 60 else
                      t.delay}) if got else "none"


def _literal(verdict, document):
    got = document["evaluation"]["literal"]
    return None if got == verdict.literal else f"{got}, not {verdict.literal}"


def _figures(verdict, document):
    wrong = []
    rows = {row["id"]: row for row in document["evaluation"]["triggers"]}
    for name, (value, limit) in numbers(verdict).items():
        row = rows[name]
        expected = value.number
        if verdict.modes.get(name) == "off":
            expected = limit = None
        away = limit - expected \
            if value.usable() and limit is not None else None
        if not same_number(row["value"], expected) or \
                not same_number(row["distance"], away) or \
                value.usable() and number(row["limit"]) != limit:
            wrong.append(f"{name} {row['value']} of {row['limit']}, not "
                         f"{expected} of {limit}")
    for name, gate in pi_gates(verdict).items():
        if rows[name].get("gate", "na") != gate:
            wrong.append(f"{name} gate {rows[name].get('gate')}, not {gate}")
    return ", ".join(wrong) or None


def _waiting(verdict, document):
    got = document["evaluation"]["waiting"]
    for hours, expected in waiting(verdict).items():
        for which, value in zip(("typical", "adverse"), expected):
            if not same_number(got[which][f"{hours}h"], value):
                return (f"{which} {hours}h {got[which][f'{hours}h']}, not "
                        f"{value}")
    return None


def _distances(verdict, document):
    got = document["evaluation"]["distances"]
    wrong = [f"{name} {got[name]['value']}, not {value}"
             for name, value in distances(verdict).items()
             if not near(got[name]["value"], value)]
    return ", ".join(wrong) or None


def _gates(verdict, document):
    wrong = []
    rows = {row["id"]: row for row in document["evaluation"]["gates"]}
    for name, ask in GATES.items():
        passed, value, limit = ask(verdict)
        row = rows[name]
        if row["pass"] != passed or not same_number(row["value"], value) or \
                not same_number(row["limit"], limit):
            wrong.append(f"{name} {row['pass']} {row['value']} of "
                         f"{row['limit']}, not {passed} {value} of {limit}")
    return ", ".join(wrong) or None


def _judge_states(case):
    """What is remembered: the frozen baseline, and what is counted."""
    path = f"state/{case.options.grid}.yaml"
    wrong, asked = [], 0
    for document in case.repository.versions(path):
        time = int(seconds(document["slot"]))
        if time not in case.verdicts:
            continue
        asked += 1
        complaint = _memory(case.verdicts[time], document["exit"])
        if complaint:
            wrong.append(f"{document['slot']} {complaint}")
    case.every("memory", wrong, f"{asked} states")


def _memory(verdict, document):
    got, b = document["baseline"], verdict.baseline
    wrong = []
    if got["at"] != (rfc3339(b.at) if b.at else None) or \
            got["identified"] != b.identified:
        wrong.append(f"baseline {got['at']} {got['identified']}, not "
                     f"{b.at and rfc3339(b.at)} {b.identified}")
    for name, value in (("half_life", b.half_life), ("sigma_st", b.sigma),
                        ("ver_mean", b.ver_mean)):
        row = got[name]
        if not near(row["value"], value.number):
            wrong.append(f"{name} {row['value']}, not {value}")
    counts, own = document["counts"], verdict.counted
    expected = {"trend_slots": own["trend"], "pi_closes": own["pi_closes"],
                "warnings": own["warnings"]}
    wrong += [f"{name} {counts[name]}, not {value}"
              for name, value in expected.items() if counts[name] != value]
    back, r = counts["reversion"], own["reversion"]
    if (back["side"], back["failed"]) != (r.side, r.failed) or \
            r.side and back["since"] != r.since:
        wrong.append(f"reversion {back}, not {r.side} {r.since} {r.failed}")
    active = {row["id"]: row["active"] for row in document["triggers"]
              if row["id"] in own["active"]}
    if verdict.profile != "seed" and active != own["active"]:
        wrong.append(f"active {active}, not {own['active']}")
    return ", ".join(wrong) or None
