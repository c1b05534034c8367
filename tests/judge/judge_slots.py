"""Every slot's documents against what the candles say."""

from candles import BAR
from case import same_number
from repository import number, rfc3339, seconds

WINDOW_MOST = 9 * 168 + 2048  # bars that a slot may read


def judge_slots(case):
    _judge_data(case)
    _judge_documents(case)
    _judge_grid_file(case)
    case.compare("bars", case.metrics, _bars(case))
    case.compare("volatility", case.metrics, _volatility)
    case.compare("close", case.exits, _close)
    case.compare("ticker", case.exits, _ticker)
    for name in ("pi", "pi_dn", "pi_up"):
        case.compare(name, case.exits, _probability(name))
    case.compare("model", case.exits, _model)
    case.compare("answers", case.exits, _answers)
    case.compare("evidence", case.exits, _evidence)
    case.compare("touched", case.exits, _touched)
    case.compare("state", case.exits, _state)
    case.compare("since", case.exits, _since)
    case.compare("side", case.exits, _side)


def _judge_data(case):
    jumps = []
    for tf, series in case.market.series.items():
        newest = case.end // series.seconds
        most = WINDOW_MOST + (case.end - case.start) // series.seconds
        jumps += [f"{tf} jump at {rfc3339(n * series.seconds)}"
                  for n in series.jumps(newest, most)]
    case.every("data", jumps, f"{len(case.candles.numbers)} bars that traded, "
               "no jump that would need a witness")


def _judge_documents(case):
    for name, documents in (("exits", case.exits),
                            ("metrics", case.metrics)):
        absent = [f"none for {rfc3339(time)}" for time in case.slots
                  if time not in documents]
        extra = [f"{rfc3339(time)} is no slot of this case"
                 for time in documents if time not in case.verdicts]
        case.every(name, absent + extra,
                   f"{len(documents)} documents, {len(case.slots)} slots")


def _judge_grid_file(case):
    written = {name: case.grid_file.get(name)
               for name in ("lower", "upper", "stop")}
    if isinstance(written["stop"], dict):  # {below, above}
        written["stop"] = written["stop"]["below"]
    wrong = [f"{name}: {value}" for name, value in written.items()
             if not same_number(value, getattr(case.grid, name))]
    case.every("grid", wrong, f"{case.options.grid} {case.symbol} "
               f"{case.options.range} {case.grid.side}")


def _bars(case):
    keys = ("open", "high", "low", "close")

    def question(verdict, document):
        time = verdict.time - BAR
        bar = case.candles.bars.get(time // BAR)
        expected = [(time, *bar)] if bar else []
        got = [(seconds(row["open_time"]), *(number(row[k]) for k in keys))
               for row in document["bars"] if row["tf"] == "15m"]
        return None if got == expected else f"{got}, not {expected}"

    return question


def _value(row, expected, relative=False):
    same = same_number(row["value"], expected.number, relative)
    status = row.get("status", "real")
    if expected.status == "stale":
        # too old to decide on: it may keep its number or have none
        ok = (same and status == "stale") or (
            row["value"] is None and status == "unavailable")
    else:
        ok = same and status == expected.status
    return None if ok else (f"{row['value']} {status}, not "
                            f"{expected.number!r} {expected.status}")


def _volatility(verdict, document):
    rows = [row for row in document["metrics"]
            if (row["name"], row["tf"]) == ("vol_haz", "15m")]
    if len(rows) != 1:
        return f"{len(rows)} rows"
    return _value(rows[0], verdict.sigma, relative=True)


def _probability(name):
    return lambda verdict, document: _value(
        document["evaluation"][name], getattr(verdict, name))


def _model(verdict, document):
    got = document["evaluation"].get("pi_model", "pi-24h-1")
    return None if got == verdict.model else f"{got}, not {verdict.model}"


def _close(verdict, document):
    got = document["evaluation"]["close"]["value"]
    same = same_number(got, verdict.close, relative=True)
    return None if same else f"{got}, not {verdict.close}"


def _ticker(verdict, document):
    got = document["inputs"]["ticker"]
    same = same_number(got, verdict.ticker, relative=True)
    return None if same else f"{got}, not {verdict.ticker}"


def _answers(verdict, document):
    """The four rows of the witness, those that the profile has."""
    expected = {name: answer for name, answer in verdict.four.items()
                if verdict.profile != "seed" or name.startswith("M")}
    got = {row["id"]: row["answer"]
           for row in document["evaluation"]["triggers"]
           if row["id"] in expected}
    return None if got == expected else f"{got}, not {expected}"


def _evidence(verdict, document):
    rows = document["evaluation"]["triggers"]
    got = [row.get("evidence", "bar" if row["answer"] == "yes" else "none")
           for row in rows if row["id"] == "M_STOP"]
    return None if got == [verdict.evidence] else (
        f"{got}, not {verdict.evidence}")


def _touched(verdict, document):
    """How long ago the latch says that it was."""
    for row in document["evaluation"]["triggers"]:
        if row["id"] != "M_STOP" or row.get("evidence") != "latch":
            continue
        age = verdict.time - verdict.latched
        if not same_number(row["age"], age):
            return f"{row['age']} s ago, not {age}"
    return None


def _state(verdict, document):
    evaluation = document["evaluation"]
    expected = {"state": verdict.state, "known": verdict.known,
                "previous": verdict.previous, "held": verdict.held,
                "data": "known" if verdict.data_known else "unknown",
                "boundary_pending": verdict.pending}
    wrong = [f"{key} {evaluation[key]}, not {value}"
             for key, value in expected.items() if evaluation[key] != value]
    return ", ".join(wrong) or None


def _since(verdict, document):
    for name in ("since", "episode"):
        time, got = getattr(verdict, name), document["evaluation"][name]
        if (seconds(got) if got else None) != time:
            return f"{name} {got}, not {time and rfc3339(time)}"
    return None


def _side(verdict, document):
    got = document["evaluation"]["side"]
    return None if got == verdict.side else f"{got}, not {verdict.side}"
