#!/usr/bin/env python3
"""prometheus.py PAGE [SAMPLE=VALUE | SAMPLE | !SAMPLE]...

Reads a page of Prometheus' text format, version 0.0.4, by its description at
prometheus.io and not by ours, and complains of all that is not in it: a sample
without a head, a head twice, families that are torn apart, a sample twice, a
value that is no number. Then each claim: a sample with that value, one that is
there, one that is not. SAMPLE is a name with its labels as they stand.
"""
import math
import re
import sys

NAME = r"[a-zA-Z_:][a-zA-Z0-9_:]*"
LABEL = r'([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\\\|\\"|\\n)*)"'
SAMPLE = re.compile(rf"({NAME})(?:\{{({LABEL}(?:,{LABEL})*)\}})? (\S+)\Z")


def read(text):
    samples, heads, kinds, family, seen = {}, {}, {}, None, set()
    if text and not text.endswith("\n"):
        raise ValueError("the last line has no end")
    for number, line in enumerate(text.split("\n")[:-1], 1):
        def wrong(what):
            raise ValueError(f"line {number}: {what}: {line[:100]}")
        head = re.match(rf"# (HELP|TYPE) ({NAME}) (.+)\Z", line)
        if head:
            kind, name, rest = head.groups()
            if (kind, name) in heads:
                wrong("a head twice")
            heads[kind, name] = rest
            if kind == "HELP" and re.search(r"\\(?![\\n])", rest):
                wrong("an escape that is none")
            if kind == "TYPE":
                if rest not in ("counter", "gauge"):
                    wrong("a type that is not ours")
                kinds[name] = rest
            if name != family and name in seen:
                wrong("a family torn apart")
            family = name
            seen.add(name)
            continue
        sample = SAMPLE.match(line)
        if not sample:
            wrong("neither head nor sample")
        name, labels, value = sample.group(1), sample.group(2), sample.groups()[-1]
        if name != family or ("TYPE", name) not in heads:
            wrong("a sample without its head")
        names = re.findall(LABEL, labels or "")
        if len({n for n, _ in names}) != len(names):
            wrong("a label twice")
        key = f"{name}{{{labels}}}" if labels else name
        if key in samples:
            wrong("a sample twice")
        samples[key] = float(value)
        if not math.isfinite(samples[key]):
            wrong("no number")
        if kinds[name] == "counter" and samples[key] < 0:
            wrong("a counter below zero")
    return samples


def main():
    with open(sys.argv[1], encoding="utf-8") as f:
        samples = read(f.read())
    if not samples:
        sys.exit("nothing is on the page")
    bad = 0
    for claim in sys.argv[2:]:
        key, _, value = claim.rpartition("=") if not claim.endswith("}") \
            and "=" in claim else (claim, "", "")
        absent = key.startswith("!")
        found = samples.get(key.lstrip("!"))
        held = (found is None) if absent else \
            found is not None and (not value or found == float(value))
        if not held:
            print(f"{claim}: {found}")
            bad = 1
    sys.exit(bad)


if __name__ == "__main__":
    main()
