"""The figures beside an answer: what was held to which limit, what waiting
may cost, how far the bounds are."""

import math

from rows import (LIMITS, blind_age, blind_pi, gate, hour_value, lives,
                  ver_of_grid, z_of_er)
from value import Value
from witness import normal

NONE = Value(None, "unavailable")
COSTS = {1: (0.52, 1.10), 4: (0.54, 1.24), 12: (0.62, 1.46),
         24: (0.66, 1.55)}


def numbers(v):
    """Row -> (value, limit) where the description says what they are."""
    return _seed(v) if v.profile == "seed" else _calibrated(v)


def _calibrated(v):
    r = v.r
    blind = blind_age(v) / 3600
    rows = {"M_TREND": (r.p["trend"], LIMITS["m_trend.p"]),
            "M_BLIND": (Value(blind), LIMITS["m_blind.after"] / 3600),
            "L_HAZ": (pi_told(v), v.applied.get("L_HAZ")),
            "W_HAZ": (pi_told(v), v.applied.get("W_HAZ")),
            "W_TRANS": nearer(v),
            "L_VER": (ver_of_grid(v), LIMITS["l_ver.limit"]),
            "W_VER": (ver_of_grid(v), LIMITS["w_ver.limit"]),
            "W_ER": (z_of_er(v), LIMITS["w_er.z"]),
            "W_CONF": (drop(v), LIMITS["w_conf.drop"]),
            "W_MR": (r.m_fall, LIMITS["w_mr.m_fall"])}
    if v.baseline.identified:
        rows["L_HL"] = share(v, "corrected"), LIMITS["l_hl.ratio"]
        rows["W_MR"] = share(v, "corrected"), LIMITS["w_mr.ratio"]
    return rows


def _seed(v):
    rows = {"L_VER": (hour_value(v, "ver_raw"), LIMITS["l_ver.limit"]),
            "W_VER": (hour_value(v, "ver_raw"), LIMITS["w_ver.limit"]),
            "W_ER": (hour_value(v, "er24"), LIMITS["w_er.ratio"]),
            "W_TRANS": (v.r.raw["transition"], LIMITS["w_trans.p"]),
            "W_CONF": (drop(v), 0.0)}
    if v.baseline.half_life.usable():
        rows["L_HL"] = share(v, "raw"), LIMITS["l_hl.ratio"]
    return rows


def pi_told(v):
    """Of a price that is too old there is none."""
    return v.pi if v.price_known else NONE


def nearer(v):
    """Of the two values that W_TRANS asks, the one with less to go."""
    p, q = v.r.p["transition"], v.r.q
    if v.answers["W_TRANS"] == "unknown":
        return NONE, LIMITS["w_trans.p"]
    first = max(x.number for x in (p, v.pi) if x.usable())
    if q.usable() and \
            LIMITS["w_trans.q"] - q.number < LIMITS["w_trans.p"] - first:
        return q, LIMITS["w_trans.q"]
    return Value(first), LIMITS["w_trans.p"]


def drop(v):
    known = v.r.known and v.r.m.drop is not None
    return Value(v.r.m.drop) if known else NONE


def share(v, kind):
    """Of the newest half-life and the baseline; without a number where it is
    infinite."""
    life = lives(v, kind, 200, 0)
    if isinstance(life, str) or math.isinf(life):
        return NONE
    return Value(life / v.baseline.half_life.number)


def waiting(v):
    """Hours -> (typical, adverse) loss of what is held, as a share."""
    if not v.sigma.usable():
        return dict.fromkeys(COSTS, (None, None))
    return {hours: tuple(c * v.sigma.number * math.sqrt(4 * hours)
                         for c in costs) for hours, costs in COSTS.items()}


def distances(v):
    if not v.price_known:
        return dict.fromkeys(("to_lower", "to_upper", "to_stop",
                              "stop_touch_12h", "stop_loss_most"))
    grid = v.grid
    told = {"to_lower": math.log(v.close / grid.lower),
            "to_upper": math.log(grid.upper / v.close)}
    if grid.stop is not None:
        away = told["to_stop"] = math.log(v.close / grid.stop)
        if v.sigma.usable() and away > 0:
            told["stop_touch_12h"] = min(1.0, 2 * normal(
                -away / (v.sigma.number * math.sqrt(48))))
        if grid.capital is not None and away > 0:
            told["stop_loss_most"] = \
                grid.capital * (v.close - grid.stop) / v.close
    return told


def pi_gates(v):
    """Row -> has pi reached what it needs besides?"""
    if v.profile == "seed":
        return {}
    confirmed = gate(v, v.gate)
    last = "yes" if blind_pi(v) else "no"
    return dict.fromkeys(("L_HL", "L_VER", "L_Z"), confirmed) | {
        "M_TREND": gate(v, LIMITS["m_trend.pi"]), "M_BLIND": last,
        "L_CRISIS": gate(v, LIMITS["l_crisis.pi"])}
