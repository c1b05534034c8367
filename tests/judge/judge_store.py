"""The data repository as a store: whole, readable, written once, named as its
content says, and no commit without a reason."""

import subprocess

from repository import fnv1a, rfc3339, seconds

DOCUMENT_MAX = 6 * 1024


def judge_store(case):
    _judge_fsck(case)
    _judge_yaml(case)
    _judge_written_once(case)
    _judge_latest(case)
    _judge_audit_names(case)
    _judge_commits(case)
    _judge_secrets(case)


def _judge_fsck(case):
    done = subprocess.run(
        ["git", "--git-dir", case.options.repo, "fsck", "--strict",
         "--no-dangling", "--no-progress"], check=False,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    said = done.stdout.decode().strip().replace("\n", "; ")
    case.check("fsck", done.returncode == 0 and not said,
               said or "strict, nothing to say")


def _judge_yaml(case):
    store = case.repository
    paths = [path for path in store.blobs if path.endswith(".yaml")]
    wrong = []
    for path in paths:
        try:
            if not isinstance(store.document(path), dict):
                wrong.append(f"{path} is no map")
        except Exception as error:  # any complaint of the parser counts
            wrong.append(f"{path}: {error}".replace("\n", " "))
    case.every("yaml", wrong, f"{len(paths)} files parse")
    sizes = {path: len(store.data(path)) for path in paths
             if path.startswith(("exits/", "metrics/"))}
    wrong = [f"{path} {size} bytes" for path, size in sizes.items()
             if size > DOCUMENT_MAX]
    case.every("size", wrong, f"{len(sizes)} slot documents, the longest has "
               f"{max(sizes.values(), default=0)} bytes")


def _judge_written_once(case):
    store = case.repository
    paths = store.below("exits") + store.below("metrics") + \
        store.below("audit")
    wrong = [path for path in paths if len(store.blobs[path]) > 1
             and store.document(path).get("attempt", 1) == 1]
    case.every("written-once", wrong, f"{len(paths)} documents")


def _judge_latest(case):
    store = case.repository
    wrong = []
    for path, documents in (
            (f"latest/grids/{case.options.grid}.yaml", case.exits),
            (f"latest/symbols/{case.symbol}.yaml", case.metrics)):
        newest = documents[max(documents)][0] if documents else None
        if path.startswith("latest/grids/") and newest and any(
                look.touched for look in case.looks.get(max(documents), [])):
            continue  # judge_looks
        if path not in store.tip or not newest or \
                store.data(path) != store.data(newest):
            wrong.append(f"{path} is not {newest}")
    case.every("latest", wrong, "the newest documents, byte for byte")


def _judge_audit_names(case):
    paths = case.repository.below("audit")
    wrong = [f"{path} should be {_audit_name(case.repository, path)}"
             for path in paths
             if path != _audit_name(case.repository, path)]
    case.every("audit-names", wrong, f"{len(paths)} events: time, subject, "
               "kind and hash agree with the names")


def _audit_name(store, path):
    event = store.document(path)
    time = seconds(event["at"])
    day, clock = rfc3339(int(time)).split("T")
    stamp = clock[:8].replace(":", "") + f"{time % 1 * 1000:03.0f}"
    subject = event.get("grid") or event.get("subject")
    return (f"audit/{day.replace('-', '/')}/{stamp}-{subject}-"
            f"{event['kind']}-{fnv1a(store.data(path))}.yaml")


def _judge_commits(case):
    counts = {"run": 0, "look": 0, "delivery": 0, "setup": 0}
    wrong = []
    for commit in case.repository.commits:
        kind = _commit_kind(commit.paths())
        if kind:
            counts[kind] += 1
        else:
            wrong.append(f"{commit.name[:12]} '{commit.subject}'")
    runs = len([t for t in case.slots if not case.is_backfilled(t)])
    if counts["run"] != runs:
        wrong.append(f"{counts['run']} commits with slots, not {runs}")
    if counts["look"] > len(case.all_looks()):
        wrong.append(f"{counts['look']} commits of looks for "
                     f"{len(case.all_looks())} events")
    if counts["delivery"] > len(case.deliveries):
        wrong.append(f"{counts['delivery']} commits for "
                     f"{len(case.deliveries)} deliveries")
    case.every("commits", wrong, f"{len(case.repository.commits)}: "
               + ", ".join(f"{n} {kind}" for kind, n in counts.items()))


def _commit_kind(paths):
    """`run` recorded a slot, `look` what one found, `delivery` confirmed what was sent, `setup` is
    the operator's or init's; None is something else."""
    folders = {path.split("/", 1)[0] for path in paths}
    told = any("-delivery-" in path for path in paths)
    if "exits" in folders or "metrics" in folders:
        return "run"
    if any("-look-" in path for path in paths) and not told \
            and folders <= {"audit", "state", "latest"}:
        return "look"
    if told and folders <= {"audit", "state"}:
        return "delivery"
    if folders and not told and folders <= {
            "README.md", "schema", "grids", "audit", "bars"}:
        return "setup"
    return None


def _judge_secrets(case):
    """The keys that the receiver was shown stand nowhere."""
    keys = {message["fields"][name].encode() for message in case.messages
            for name in ("token", "user") if message["fields"].get(name)}
    store = case.repository
    wrong = [f"a key in {path}" for path in store.blobs
             if any(key in store.data(path) for key in keys)]
    wrong += [f"a key in the subject of {commit.name[:12]}"
              for commit in store.commits
              if any(key in commit.subject.encode() for key in keys)]
    case.every("secrets", wrong, f"{len(keys)} keys, in no file and subject")
