"""Reads a bare data repository with git's plumbing, and nothing else."""

import datetime
import subprocess

import yaml


class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
    """Times stay text: they are compared as they were written."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, regexp) for tag, regexp in resolvers
            if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in Loader.yaml_implicit_resolvers.items()}


class Commit:
    def __init__(self, name, subject):
        self.name, self.subject = name, subject
        self.changes = []  # (path, blob or None when removed)

    def paths(self):
        return [path for path, _ in self.changes]


class Repository:
    def __init__(self, path):
        self.path = path
        self.commits = self._history()
        self.tip = self._tip()
        self.blobs = {}  # path -> every blob it ever had, oldest first
        for commit in self.commits:
            for path, blob in commit.changes:
                if blob:
                    self.blobs.setdefault(path, []).append(blob)
        self._bytes = self._read({blob for blobs in self.blobs.values()
                                  for blob in blobs})
        self._parsed = {}

    def git(self, *args, data=None):
        return subprocess.run(["git", "--git-dir", self.path, *args],
                              input=data, check=True, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT).stdout

    def _history(self):
        text = self.git("log", "--reverse", "--root", "--raw", "--no-abbrev",
                        "--no-renames", "--format=commit %H %s", "HEAD")
        commits = []
        for line in text.decode().splitlines():
            if line.startswith("commit "):
                _, name, subject = (line + " ").split(" ", 2)
                commits.append(Commit(name, subject.rstrip()))
            elif line.startswith(":"):
                head, path = line.split("\t", 1)
                _, _, _, blob, change = head.split(" ")
                commits[-1].changes.append(
                    (path, None if change == "D" else blob))
        return commits

    def _tip(self):
        rows = self.git("ls-tree", "-r", "HEAD").decode().splitlines()
        return {row.split("\t", 1)[1]: row.split()[2] for row in rows}

    def _read(self, blobs):
        names = sorted(blobs)
        out = self.git("cat-file", "--batch",
                       data="".join(f"{name}\n" for name in names).encode())
        found, at = {}, 0
        for name in names:
            end = out.index(b"\n", at)
            size = int(out[at:end].split()[2])
            found[name] = out[end + 1:end + 1 + size]
            at = end + 2 + size
        return found

    def data(self, path):
        """The newest bytes that ever stood at `path`."""
        return self._bytes[self.blobs[path][-1]]

    def document(self, path):
        if path not in self._parsed:
            self._parsed[path] = yaml.load(self.data(path), Loader)
        return self._parsed[path]

    def versions(self, path):
        """Every document that stood at `path`, oldest first."""
        return [yaml.load(self._bytes[blob], Loader)
                for blob in self.blobs.get(path, [])]

    def below(self, folder):
        return sorted(path for path in self.blobs
                      if path.startswith(folder + "/"))

    def events(self, kind):
        """The audit documents of one kind, in the order of their names."""
        found = [self.document(path) for path in self.below("audit")]
        return [event for event in found if event["kind"] == kind]


def fnv1a(data):
    value = 2166136261
    for byte in data:
        value = (value ^ byte) * 16777619 & 0xFFFFFFFF
    return f"{value:08x}"


def seconds(text):
    """Epoch seconds of a time or a day in UTC."""
    text = str(text).strip().replace(" ", "T").replace("Z", "")
    time = datetime.datetime.fromisoformat(text)
    return time.replace(tzinfo=datetime.timezone.utc).timestamp()


def rfc3339(time):
    moment = datetime.datetime.fromtimestamp(time, datetime.timezone.utc)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def number(raw):
    """A number as it was written; YAML 1.1 takes 1e-05 for a text."""
    return None if raw is None else float(raw)
