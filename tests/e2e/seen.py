"""What the end-to-end tests ask in python (judge_lib.sh: seen). The arguments
are a data repository, what came to the world's channels, and a claim."""
import json
import sys

sys.path.insert(0, "tests/judge")
from repository import Repository

repo = Repository(sys.argv[1])
with open(sys.argv[2], encoding="utf-8") as file:
    calls = [json.loads(line) for line in file if line.strip()]


def by_slot(grid):
    """Its exit documents at the tip, by day and time: "10T17:15"."""
    return {d["slot"][8:16]: d
            for d in map(repo.document, repo.below("exits/" + grid))}


def claim(names, *shown):
    """Ends with 1, and prints what there is, unless the claim holds of these."""
    if not eval(f"({sys.argv[3]})", names):
        print(*shown, sep="\n")
        sys.exit(1)
