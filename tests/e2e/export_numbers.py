#!/usr/bin/env python3
"""Holds an export to the committed documents, value by value.

    export_numbers.py REPOSITORY FOLDER FILE csv|jsonl

The documents are read from the repository by git and python's YAML; what they
leave out is what the schema says is left out. The export is read by csv or
json. Prints how many values were compared."""

import csv
import json
import sys

sys.path.insert(0, "tests/judge")
from repository import Repository  # noqa: E402

LABELS = (("name", "tf"), ("id",), ("tf",))
# What a key that is not there says; of a trigger that says yes, the second.
TRIGGER = {"status": "real", "gate": "na", "uncertain": False, "side": "none",
           "evidence": "none", "hits": 0, "of": 1, "age": None}
YES = dict(TRIGGER, evidence="bar", hits=1)
GATE = {"status": "real"}
INTERVALS = ("position.inventory", "position.net_pnl", "position.peak",
             "position.drawdown")
SETS = ("literal", "shadow", "switched_off")


def absent(path, row):
    """What a map leaves out where it stands."""
    if path == "evaluation.triggers":
        return YES if row["answer"] == "yes" else TRIGGER
    if path == "evaluation.gates" or path.startswith("evaluation.regime"):
        return dict(GATE, reason="") if path.endswith("regime") else GATE
    if path == "quality.windows":
        return {"error": None}
    if path == "inputs":
        return {"acknowledged": None, "siren": "not_asked"}
    if path == "evaluation.theta":
        return {"delay": 60}
    if path == "evaluation":
        return {"shadow": [], "switched_off": [], "pi_model": "pi-24h-1"}
    if path in INTERVALS:
        return {"status": "real", "lo": None, "hi": None}
    if set(row) <= {"value", "status"} and "value" in row:
        return {"status": "real"}
    return {}


def whole(value, path=""):
    """The document with what it leaves out."""
    if isinstance(value, dict):
        value = {**absent(path, value), **value}
        return {key: whole(item, f"{path}.{key}" if path else key)
                for key, item in value.items()}
    if isinstance(value, list):
        return [whole(item, path) for item in value]
    return value


def flat(value, name=""):
    """(column, value) of everything in it."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from flat(item, f"{name}.{key}" if name else key)
    elif isinstance(value, list) and name.split(".")[-1] not in SETS:
        for number, row in enumerate(value):
            labels = next((keys for keys in LABELS
                           if set(keys) <= set(row) and "open_time" not in row),
                          ())
            part = ".".join(row[key] for key in labels) or str(number)
            yield from flat({key: item for key, item in row.items()
                             if key not in labels}, f"{name}.{part}")
    else:
        yield name, value


def same(cell, value):
    """Does a cell of CSV say that value?"""
    if value is None:
        return cell == ""
    if isinstance(value, bool):
        return cell == str(value).lower()
    if isinstance(value, (int, float)):
        return float(cell) == float(value)
    if isinstance(value, list):
        return cell.split() == value
    return cell == str(value)


def equal(got, want):
    """The same JSON; numbers by value."""
    if isinstance(want, dict):
        return isinstance(got, dict) and got.keys() == want.keys() and all(
            equal(got[key], want[key]) for key in want)
    if isinstance(want, list):
        return isinstance(got, list) and len(got) == len(want) and all(
            map(equal, got, want))
    return got == want and isinstance(got, bool) == isinstance(want, bool)


def count(value):
    return sum(1 for _ in flat(value))


def compare_csv(path, documents):
    with open(path, encoding="utf-8", newline="") as file:
        text = file.read()
    assert text.count("\r\n") == text.count("\n") == len(documents) + 1
    rows = list(csv.reader(text.splitlines()))
    columns = rows[0]
    assert len(set(columns)) == len(columns), "a column stands twice"
    assert all(len(row) == len(columns) for row in rows)
    compared, wrong = 0, []
    for row, document in zip(rows[1:], documents):
        cells = dict(zip(columns, row))
        for name, value in flat(document):
            compared += 1
            parts = [column for column in cells
                     if column.startswith(f"{name}.")]
            if value is None and parts:  # of a map that is null
                wrong += [column for column in parts if cells.pop(column)]
                continue
            if name not in cells or not same(cells.pop(name), value):
                wrong.append(f"{document['slot']} {name}: {value!r}")
        wrong += [f"{document['slot']} {name}: '{cell}' is not in the document"
                  for name, cell in cells.items() if cell != ""]
    assert len(rows) == len(documents) + 1, f"{len(rows) - 1} rows"
    return compared, wrong


def compare_json(path, documents):
    with open(path, encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    assert len(rows) == len(documents), f"{len(rows)} rows"
    wrong = [document["slot"] for row, document in zip(rows, documents)
             if not equal(row, document)]
    return sum(map(count, documents)), wrong


def main():
    repository, folder, path, form = sys.argv[1:5]
    repo = Repository(repository)
    documents = [whole(repo.document(p)) for p in sorted(repo.below(folder))]
    since = sys.argv[5] if len(sys.argv) > 5 else ""
    documents = [d for d in documents if d["slot"] >= since]
    compared, wrong = (compare_csv if form == "csv" else compare_json)(
        path, documents)
    print(f"{len(documents)} rows, {compared} values, {len(wrong)} wrong",
          *wrong[:5], sep="\n")
    sys.exit(bool(wrong) or not compared)


if __name__ == "__main__":
    main()
