"""The questions of the ladder, in both profiles. Each takes what is known at a
slot (ladder.py) and answers yes, no, na or unknown."""

import math

from outside import w_event, w_signal
from value import Value, asked, both, decision, either

LIMITS = {
    "release_closes": 2,
    "m_trend.p": 0.75, "m_trend.slots": 4, "m_trend.pi": 0.25,
    "m_blind.after": 2 * 3600, "m_blind.pi": 0.25,
    "l_trans.closes_1h": 4, "l_trans.closes_4h": 2, "l_trans.pi_closes": 4,
    "l_hl.ratio": 2.0, "l_hl.t": -1.95, "l_hl.closes": 4,
    "l_ver.limit": 1.25, "l_crisis.pi": 0.25, "warning.needed": 2, "warning.held": 2,
    "w_trans.p": 0.40, "w_trans.q": 0.50, "w_conf.drop": 0.10,
    "w_er.z": 1.645, "w_er.ratio": 0.30,
    "w_mr.ratio": 1.5, "w_mr.t": -1.95, "w_mr.m_fall": 15.0,
    "w_ver.limit": 1.10}


def pi_at(v, least):
    return asked(v.pi, lambda pi: pi >= least)


def gate(v, least):
    """Of a market that stands still there is no pi, and nothing threatens."""
    answer = pi_at(v, least)
    return "no" if answer == "na" else answer


def gated(v, answer):
    return both(answer, gate(v, v.gate))


def above(value, limit):
    return asked(value, lambda x: x > limit)


def hour_value(v, name):
    return v.r.metrics.get((name, "1h"), Value(None, "unavailable"))


# ---- MANDATORY_EXIT --------------------------------------------------------


def m_trend(v):
    if not v.r.p["trend"].usable():
        return v.r.p["trend"].missing_answer()
    lasting = "yes" if v.trend >= LIMITS["m_trend.slots"] else "no"
    return both(lasting, gate(v, LIMITS["m_trend.pi"]))


def seed_m_trend(v):
    return is_label(v.r.before, "TREND")


def is_label(label, wanted):
    if label == "UNKNOWN":
        return "unknown"
    return "yes" if label == wanted else "no"


def m_blind(v):
    if blind_age(v) < LIMITS["m_blind.after"]:
        return "no"
    return "yes" if blind_pi(v) else "no"


def blind_age(v):
    """Seconds: of the newest close, or of the slot before the first without a
    price where that is longer ago."""
    if v.blind is None:
        return 0
    return max(v.time - v.blind + 900, v.price_age or 0)


def blind_pi(v):
    """Was the last pi that was known high?"""
    return v.last_pi is not None and \
        decision(v.last_pi) >= LIMITS["m_blind.pi"]


def of_four(name):
    return lambda v: v.four[name]


def of_position(name):
    """What a position would tell; without one there is nothing to ask."""
    return lambda v: v.money.get(name, "na")


def never(_):
    return "na"


# ---- LATEST_ACCEPTABLE_EXIT ------------------------------------------------


def seed_l_trans(v):
    rows = ((v.r.label_1h, v.r.run_1h, LIMITS["l_trans.closes_1h"]),
            (v.r.label_4h, v.r.run_4h, LIMITS["l_trans.closes_4h"]))
    return either(*("yes" if label == "TRANSITION" and run >= closes else
                    "unknown" if label == "UNKNOWN" else "no"
                    for label, run, closes in rows))


def l_trans(v):
    lasting = "yes" if v.pi_closes >= LIMITS["l_trans.pi_closes"] else \
        "no" if v.pi.usable() else v.pi.missing_answer()
    return either(gated(v, seed_l_trans(v)), lasting)


def lives(v, kind, n, ago):
    """The half-life of a close so many rows back: a number, infinite too, or
    the status that stands there instead."""
    if len(v.r.hours) <= ago:
        return "unavailable"
    status = v.r.metrics["t_df_200", "1h"].status
    if status in ("stale", "unavailable"):
        return status
    fit = getattr(v.r.hours[-1 - ago], f"df{n}")
    return getattr(fit, kind) if fit.status == "real" else fit.status


def without_baseline(v):
    """The answer while none could be measured, or None."""
    status = v.baseline.half_life.status
    return "unknown" if status in ("unavailable", "warmup") else None


def grew(v, ratio, t, closes):
    """The identified rule: at so many successive closes HL_c at `ratio` times
    the baseline and t above `t`."""
    missing = without_baseline(v)
    if missing or not v.baseline.identified:
        return missing or "na"
    for ago in range(closes):
        life = lives(v, "corrected", 200, ago)
        if isinstance(life, str):
            return Value(None, life).missing_answer()
        share = life / v.baseline.half_life.number
        if decision(share) < ratio or \
                decision(v.r.hours[-1 - ago].df200.t) <= t:
            return "no"
        if v.r.hours[-1 - ago].bar.gap and ago < closes - 1:
            return "no"
    return "yes"


def l_hl(v):
    return gated(v, grew(v, LIMITS["l_hl.ratio"], LIMITS["l_hl.t"],
                         LIMITS["l_hl.closes"]))


def seed_l_hl(v):
    life = lives(v, "raw", 200, 0)
    if not v.baseline.half_life.usable():
        return without_baseline(v) or "na"
    if isinstance(life, str):
        return Value(None, life).missing_answer()
    share = life / v.baseline.half_life.number
    return "yes" if decision(share) >= LIMITS["l_hl.ratio"] else "no"


def ver_of_grid(v):
    """The deseasonalised ratio against the larger of its own mean and the one
    that was frozen."""
    ver, frozen = hour_value(v, "ver"), v.baseline.ver_mean
    if not ver.usable() or not frozen.usable():
        return ver
    mean = v.r.hours[-1].ver_mean.number
    return Value(ver.number * mean / max(mean, frozen.number), ver.status)


def l_ver(v):
    return gated(v, above(ver_of_grid(v), LIMITS["l_ver.limit"]))


def seed_l_ver(v):
    return above(hour_value(v, "ver_raw"), LIMITS["l_ver.limit"])


def seed_l_z(v):
    if not v.price_known or not v.baseline.sigma.usable():
        return "unknown"
    return without_baseline(v) or v.reversion.answer(v.baseline)


def l_z(v):
    return gated(v, seed_l_z(v))


def l_crisis(v):
    return both(v.r.crisis_answer, gate(v, LIMITS["l_crisis.pi"]))


# ---- WARNING ---------------------------------------------------------------


def w_trans(v):
    p, q = LIMITS["w_trans.p"], LIMITS["w_trans.q"]
    return either(asked(v.r.p["transition"], lambda x: x >= p), pi_at(v, p),
                  asked(v.r.q, lambda x: x >= q))


def seed_w_trans(v):
    return asked(v.r.raw["transition"], lambda x: x >= LIMITS["w_trans.p"])


def falls(v, least):
    if not v.r.known or v.r.m.falling == "unknown":
        return "unknown"
    fell = v.r.m.falling == "yes" and decision(v.r.m.drop) >= least
    return "yes" if fell else "no"


def w_conf(v):
    return falls(v, LIMITS["w_conf.drop"])


def seed_w_conf(v):
    return falls(v, 0.0)


def z_of_er(v):
    er = hour_value(v, "er24")
    return Value(er.number * math.sqrt(48 / math.pi), er.status, er.n) \
        if er.number is not None else er


def w_er(v):
    return above(z_of_er(v), LIMITS["w_er.z"])


def seed_w_er(v):
    return above(hour_value(v, "er24"), LIMITS["w_er.ratio"])


def w_mr(v):
    if v.baseline.identified:
        return grew(v, LIMITS["w_mr.ratio"], LIMITS["w_mr.t"], 1)
    return asked(v.r.m_fall, lambda x: x >= LIMITS["w_mr.m_fall"])


def seed_w_mr(v):
    now, then = (lives(v, "raw", 100, ago) for ago in (0, 3))
    for life in (now, then):
        if isinstance(life, str):
            return Value(None, life).missing_answer()
    return "yes" if decision(now) > decision(then) else "no"


def w_ver(v):
    return above(ver_of_grid(v), LIMITS["w_ver.limit"])


def seed_w_ver(v):
    return above(hour_value(v, "ver_raw"), LIMITS["w_ver.limit"])


def w_trend(v):
    return is_label(v.r.pooled, "TREND")


# ---- the table -------------------------------------------------------------

NAMES = ("M_TREND", "M_BOUNDARY", "M_STOP", "M_EQUITY", "M_BLIND", "L_TRANS",
         "L_HL", "L_VER", "L_Z", "L_HAZ", "L_GUARD", "L_CRISIS", "W_TRANS",
         "W_CONF", "W_ER", "W_MR", "W_VER", "W_EVENT", "W_SIGNAL", "W_HAZ",
         "W_TREND")
TOGETHER = NAMES[NAMES.index("W_TRANS"):NAMES.index("W_HAZ")]
CALIBRATED = {
    "M_TREND": m_trend, "M_BOUNDARY": of_four("M_BOUNDARY"),
    "M_STOP": of_four("M_STOP"), "M_EQUITY": of_position("M_EQUITY"),
    "M_BLIND": m_blind, "L_TRANS": l_trans, "L_HL": l_hl, "L_VER": l_ver,
    "L_Z": l_z, "L_HAZ": of_four("L_HAZ"), "L_GUARD": of_position("L_GUARD"),
    "L_CRISIS": l_crisis, "W_TRANS": w_trans, "W_CONF": w_conf, "W_ER": w_er,
    "W_MR": w_mr, "W_VER": w_ver, "W_EVENT": w_event, "W_SIGNAL": w_signal,
    "W_HAZ": of_four("W_HAZ"), "W_TREND": w_trend}
SEED = dict.fromkeys(NAMES, never) | {
    "M_TREND": seed_m_trend, "M_BOUNDARY": of_four("M_BOUNDARY"),
    "M_STOP": of_four("M_STOP"), "L_TRANS": seed_l_trans,
    "L_HL": seed_l_hl, "L_VER": seed_l_ver, "L_Z": seed_l_z,
    "W_TRANS": seed_w_trans, "W_CONF": seed_w_conf, "W_ER": seed_w_er,
    "W_MR": seed_w_mr, "W_VER": seed_w_ver}
STATE = {"M": "MANDATORY_EXIT", "L": "LATEST_ACCEPTABLE_EXIT", "W": "WARNING"}


def raises(name):
    return STATE[name[0]]
