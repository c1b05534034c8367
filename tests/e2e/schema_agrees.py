#!/usr/bin/python3
"""Do the JSON Schemas agree with the reader that gridwatch uses?

schema_agrees.py --list LIST SCHEMAS   every line of LIST is "FILE KIND VERDICT"
                                       with what gridwatch says: good, bad, or
                                       check (well-formed, but its parts do not
                                       agree, which no schema can say)
schema_agrees.py REPOSITORY            every document of a checked-out data
                                       repository against its own schema/

Prints one line for each disagreement and ends with "N ok, N failed".
"""
import json
import math
import os
import re
import sys

import jsonschema
import yaml

FOLDERS = {"grids": "grid", "metrics": "metrics", "exits": "exit",
           "state": "state", "latest/grids": "exit",
           "latest/symbols": "metrics", "latest/service.yaml": "service"}


class NotJson(Exception):
    """The document says something that JSON has no word for."""


class Core(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
    """YAML 1.2, core schema, unlike the 1.1 of PyYAML: `no` is a word and a
    time is a text. Nothing may be left empty, because gridwatch writes null
    out."""
    yaml_implicit_resolvers = {}
    seen = {}

    def resolve(self, kind, value, implicit):
        """What a plain scalar is, asked once for each text: damaged documents
        repeat each other."""
        if kind is not yaml.ScalarNode or not implicit[0]:
            return super().resolve(kind, value, implicit)
        if value not in self.seen:
            self.seen[value] = super().resolve(kind, value, implicit)
        return self.seen[value]

    def descend_resolver(self, node, index):
        """No tag depends on the path to it."""

    def ascend_resolver(self):
        pass

    def construct_mapping(self, node, deep=False):
        keys = [key.value for key, _ in node.value]
        if len(keys) != len(set(keys)):
            raise NotJson("a key is there twice")
        return super().construct_mapping(node, deep)


class ByHand(Core):
    """The same for files that people write: empty means null."""
    yaml_implicit_resolvers = {}
    seen = {}


def real(loader, node):
    number = float(loader.construct_scalar(node))
    if not math.isfinite(number):
        raise NotJson("not a finite number")
    return number


def whole(loader, node):
    return int(loader.construct_scalar(node))


def nothing(loader, node):
    raise NotJson("a value is left empty")


for kind in (Core, ByHand):
    for tag, pattern in (
            ("null", "(~|null|Null|NULL)"),
            ("null" if kind is ByHand else "nothing", ""),
            ("bool", "(true|True|TRUE|false|False|FALSE)"),
            ("int", "[-+]?[0-9]+"),
            ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")):
        kind.add_implicit_resolver("tag:yaml.org,2002:" + tag,
                                   re.compile("^%s$" % pattern), None)
    kind.add_constructor("tag:yaml.org,2002:float", real)
    kind.add_constructor("tag:yaml.org,2002:int", whole)
    kind.add_constructor("tag:yaml.org,2002:nothing", nothing)


def schemas_of(folder):
    found = {}
    for name in sorted(os.listdir(folder)):
        if name.endswith(".schema.json"):
            with open(os.path.join(folder, name), encoding="utf-8") as f:
                schema = json.load(f)
            jsonschema.Draft202012Validator.check_schema(schema)
            word = name[:-len(".schema.json")]
            found[word] = jsonschema.Draft202012Validator(schema)
    return found


def objection(schemas, kind, path):
    """What the schema has against the file, or None."""
    try:
        with open(path, encoding="utf-8") as f:
            document = yaml.load(f, ByHand if kind == "grid" else Core)
    except (yaml.YAMLError, NotJson, UnicodeDecodeError, ValueError) as e:
        return str(e).replace("\n", " ")
    error = next(schemas[kind].iter_errors(document), None)
    if error is None:
        return None
    where = ".".join(str(p) for p in error.absolute_path)
    return "%s: %s" % (where, error.message[:200])


def kind_of(path):
    parts = path.split(os.sep)
    if parts[0] == "audit":
        return parts[-1].rsplit("-", 2)[1]
    return FOLDERS.get("/".join(parts[:2])) or FOLDERS.get(parts[0])


def documents(root):
    for folder, _, names in os.walk(root):
        for name in names:
            path = os.path.join(folder, name)
            inside = os.path.relpath(path, root).split(os.sep)
            if not name.endswith(".yaml") or inside[0] in (".git", "config"):
                continue  # a configuration is no document: it has no schema
            yield path, kind_of(os.sep.join(inside)), "good"


def listed(path):
    with open(path, encoding="utf-8") as f:
        for line in f:
            yield line.split()


def main(arguments):
    if len(arguments) == 3 and arguments[0] == "--list":
        rows, schemas = listed(arguments[1]), schemas_of(arguments[2])
    elif len(arguments) == 1:
        rows = documents(arguments[0])
        schemas = schemas_of(os.path.join(arguments[0], "schema"))
    else:
        sys.exit(__doc__)
    ok = failed = 0
    for path, kind, verdict in rows:
        against = objection(schemas, kind, path)
        if (against is None) == (verdict != "bad"):
            ok += 1
            continue
        failed += 1
        print("FAILED schema_agrees: %s: gridwatch says %s, the schema says %s"
              % (path, verdict, against or "good"))
    print("schema_agrees: %d ok, %d failed" % (ok, failed))
    return 1 if failed or not ok else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
