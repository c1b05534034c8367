"""A dashboard's structure, and its queries against the table of metrics.

usage: grafana_board.py METRICS_PAGE DASHBOARD RULES: says what is wrong and ends
with 1; writes every query as a rule for promtool.
"""
import json
import re
import sys

import yaml

HELD_BY_EVERY = {"job", "instance"}  # Prometheus adds them
WRONG = []


def wrong(*words):
    WRONG.append(" ".join(str(word) for word in words))


def families(path):
    """Name and labels of each row of the page, which a unit test holds to the
    table of the program."""
    rows = re.findall(r"^\| `(gridwatch_\w+)` \|[^|]*\|[^|]*\|([^|]*)\|",
                      open(path).read(), re.M)
    return {name: set(re.findall(r"`(\w+)`", labels)) for name, labels in rows}


def check_query(title, target, known, variables):
    expr, legend = target.get("expr", ""), target.get("legendFormat", "")
    named = re.findall(r"\b(gridwatch_\w+)", expr)
    if not named:
        wrong(title, "asks for no metric of ours:", expr)
    for name in named:
        if name not in known:
            wrong(title, "asks for", name, "which is not in the table")
    for name, inside in re.findall(r"(gridwatch_\w+)\{([^}]*)\}", expr):
        for label in re.findall(r'(\w+) *(?:=~|!~|!=|=)', inside):
            if label not in known.get(name, set()) | HELD_BY_EVERY:
                wrong(title, name, "has no label", label)
    for label in re.findall(r"\{\{ *(\w+) *\}\}", legend):
        if not any(label in known.get(name, ()) for name in named):
            wrong(title, "the legend names", label)
    for name in re.findall(r"\$\{?(\w+)", expr):
        if name not in variables:
            wrong(title, "uses the variable", name, "that nobody sets")


def overlap(a, b):
    return (a["x"] < b["x"] + b["w"] and b["x"] < a["x"] + a["w"]
            and a["y"] < b["y"] + b["h"] and b["y"] < a["y"] + a["h"])


def check_places(panels):
    ids = [p["id"] for p in panels]
    for i in sorted({i for i in ids if ids.count(i) > 1}):
        wrong("more than one panel has the id", i)
    for p in panels:
        g = p["gridPos"]
        if g["x"] < 0 or g["y"] < 0 or g["w"] < 1 or g["h"] < 1 or \
                g["x"] + g["w"] > 24:
            wrong(p["title"], "does not fit the page:", g)
    for i, a in enumerate(panels):
        for b in panels[i + 1:]:
            if overlap(a["gridPos"], b["gridPos"]):
                wrong(a["title"], "and", b["title"], "overlap")


def main(table, path, rules):
    known = families(table)
    board = json.load(open(path))
    panels = board["panels"]
    variables = {v["name"] for v in board["templating"]["list"]}
    if len(known) < 40 or len(panels) < 30:
        wrong("read only", len(known), "metrics,", len(panels), "panels")
    queries = []
    for p in panels:
        if not p.get("title"):
            wrong("panel", p["id"], "has no title")
        if p["type"] == "row":
            continue
        if not p.get("targets"):
            wrong(p["title"], "has no query")
        for t in p.get("targets", []):
            check_query(p["title"], t, known, variables)
            queries.append(t["expr"])
            if t["datasource"]["uid"] != "${datasource}":
                wrong(p["title"], "names a data source of its own")
    for v in board["templating"]["list"]:
        for name in re.findall(r"gridwatch_\w+", v.get("definition", "")):
            if name not in known:
                wrong("variable", v["name"], "asks for", name)
    asked = set(re.findall(r"gridwatch_\w+", " ".join(queries)))
    if len(asked & set(known)) < 30:
        wrong("asks for", len(asked), "metrics only")
    check_places(panels)
    yaml.safe_dump({"groups": [{"name": "dashboard", "rules": [
        {"record": "dashboard:query:%d" % i,
         "expr": re.sub(r"\$\w+", "x", query)}
        for i, query in enumerate(queries)]}]}, open(rules, "w"))
    print(len(known), "metrics,", len(asked), "asked for,", len(panels),
          "panels,", len(queries), "queries")
    print("\n".join(WRONG))
    return 1 if WRONG else 0


sys.exit(main(*sys.argv[1:]))
