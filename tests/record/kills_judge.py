"""What must hold of a world in which kills.py disturbed a run."""
import glob
import os
import re
import time

import kills_world as world_of
from kills_world import PHONE, SECONDS, SLOTS, Record, git

# Where a step is made to fail, the service says so by messages of its own.
ABOUT_ITSELF = "gridwatch "
# Where the remote's history was replaced, that is told once, as decided.
REPLACED = "Fault: gridwatch found another history at the remote"


class Seen:
    """What there was in the end."""

    def __init__(self, w):
        self.record = Record(w.at("data.git"))
        self.record.tags = git(w.at("remote.git"), "tag").stdout.decode().split()
        self.messages = w.messages()


def judge(want, w, crashes, wrong):
    # Once to let a fault end that the last run found, once to change nothing.
    if w.run(SLOTS[-1]):
        wrong.append("the same slot once more fails: " + w.tail()[-300:])
    tip = git(w.at("data.git"), "rev-parse", "main").stdout
    heard = w.messages()
    w.must(w.run(SLOTS[-1]))
    if git(w.at("data.git"), "rev-parse", "main").stdout != tip or w.messages() != heard:
        wrong.append("the same slot once more is not nothing")
    sound(w, wrong)
    seen = Seen(w)
    compare_records(want.record, seen.record, wrong)
    compare_messages(want, seen, crashes, wrong)
    for channel in SECONDS:
        compare_seconds(channel, want, seen, crashes, wrong)
    sweep(w, crashes, wrong)


def sound(w, wrong):
    """Repositories, documents, leftovers."""
    for name in ("data.git", "remote.git"):
        r = git(w.at(name), "fsck", "--full", "--strict", "--no-dangling", check=False)
        said = (r.stdout + r.stderr).decode()
        if r.returncode or re.search("error|missing|corrupt|broken", said):
            wrong.append("git fsck of %s: %s" % (name, said[:300]))
    tips = {git(w.at(n), "rev-parse", "main").stdout for n in ("data.git", "remote.git")}
    if len(tips) != 1:
        wrong.append("the remote is not at the tip")
    for command in (["validate", w.at("data.git")], ["verify"]):
        if w.gridwatch(*command):
            wrong.append("gridwatch %s: %s" % (
                command[0], open(w.at("out"), errors="replace").read()[-400:] + w.tail()[-400:]))
    left = [f for f in litter(w) if f.endswith(".lock") and not half_pack(f)]
    refs = git(w.at("remote.git"), "for-each-ref", "refs/gridwatch").stdout.decode()
    refs += git(w.at("data.git"), "for-each-ref", "refs/gridwatch/parted").stdout.decode()
    left += refs.split("\n")[:-1]
    if left:
        wrong.append("left behind: " + " ".join(f.replace(w.dir, "") for f in left))
    tags = [set(git(w.at(n), "for-each-ref", "refs/tags").stdout.split(b"\n"))
            for n in ("data.git", "remote.git")]
    if tags[0] - tags[1]:  # a fresh clone has none until it makes them
        wrong.append("the remote lacks the tags %s" % (tags[0] - tags[1]))
    for tag in git(w.at("data.git"), "tag").stdout.decode().split():
        if git(w.at("data.git"), "merge-base", "--is-ancestor", tag, "main",
               check=False).returncode:
            wrong.append("tag %s is not on the branch" % tag)
    if os.path.exists(w.at("data.git.quarantine")):
        wrong.append("something is quarantined")


def litter(w):
    """Locks, temporary files and packs without an index, of our clone."""
    found = {f for pattern in ("**/*.lock", "**/pack_git2*", "**/tmp_*", "*.tmp*")
             for f in glob.glob(w.at("data.git/" + pattern), recursive=True)}
    packs = glob.glob(w.at("data.git/objects/pack/*.pack"))
    return sorted(found) + [p for p in packs if not os.path.exists(p[:-5] + ".idx")]


def half_pack(path):
    """Which pack that libgit2 did not finish the file belongs to, or None.

    A pack in the making has one temporary file and, while its index is being
    written, that index under a lock; both start with the same 12 digits:
    pack_git2_fa58a484e0361c93 and pack_git2_fa58a484e036idx.lock. Nobody
    waits for that lock: the next pack has other digits."""
    half = re.match(r".*/pack_git2_[0-9a-zA-Z]{12}", path)
    return half.group() if half else None


def sweep(w, crashes, wrong):
    """What a crash leaves is one file or one half pack, and goes when it is old."""
    left = litter(w)
    if not left:
        return
    if len({half_pack(f) or f for f in left}) > crashes:
        wrong.append("left behind: %s" % left)
    for f in left:
        os.utime(f, (time.time() - 7200,) * 2)
    w.must(w.run(SLOTS[-1] + world_of.SLOT))
    if litter(w):
        wrong.append("left behind for good: %s" % litter(w))


def compare_records(want, seen, wrong):
    for what in ("intents", "transitions", "evaluations", "open", "tags"):
        a, b = getattr(want, what), getattr(seen, what)
        if a == b:
            continue
        lost = sorted(set(a) - set(b))[:3]
        more = sorted(k for k in set(b) - set(a) if what != "intents"
                      or not b[k][0].startswith(REPLACED))[:3]
        other = [] if isinstance(a, (set, list)) else [
            k for k in sorted(set(a) & set(b)) if a[k] != b[k]][:3]
        if lost or more or other:
            wrong.append("%s: lost %s, more %s, other %s" % (what, lost, more, other))


def compare_messages(want, seen, crashes, wrong):
    superseded, grouped = set(), set()
    settled, heard = seen.record.deliveries.get(PHONE, {}), seen.messages[PHONE]
    for key, outcomes in settled.items():
        if sorted(outcomes) not in (["accepted"], ["superseded"], ["grouped"],
                                    ["accepted", "cancelled"]):
            wrong.append("message %s was settled as %s" % (key, outcomes))
        title = seen.record.intents.get(key, ("", ""))[0]
        if outcomes == ["grouped"]:
            grouped.add(title)
        if outcomes == ["superseded"]:
            superseded.add((key[1], title))
            newer = [k for k, o in settled.items()
                     if k[1] == key[1] and k[0] > key[0] and "accepted" in o]
            if not newer:
                wrong.append("message %s was superseded by none" % (key,))
    for key in seen.record.intents:
        if key not in settled and not is_second(seen, key):
            wrong.append("message %s was never settled" % (key,))
    for key, count in want.messages[PHONE].items():
        times = heard.get(key, 0)
        if times == 0 and key[0] not in {title for _, title in superseded} | grouped:
            wrong.append("the phone never heard %s" % (key,))
        if times > count + crashes:
            wrong.append("the phone heard %s %d times" % (key, times))
    # What one world told in a group may go out by itself in the other.
    decided = {title for title, *_ in want.record.intents.values()}
    strange = [k for k in sorted(set(heard) - set(want.messages[PHONE]))
               if k[0] not in decided and not k[0].startswith((ABOUT_ITSELF, REPLACED))]
    if strange:
        wrong.append("the phone heard what nobody decided: %s" % strange[:3])


def is_second(seen, key):
    """Is it for those beside the phone alone?"""
    return any(key in seen.record.deliveries.get(c, {}) for c in SECONDS)


def compare_seconds(channel, want, seen, crashes, wrong):
    """Each message to a channel beside the phone is settled once, and heard
    unless a newer one replaced it."""
    settled, heard = seen.record.deliveries.get(channel, {}), seen.messages[channel]
    for key in want.record.deliveries.get(channel, {}):
        if key not in settled:
            wrong.append("%s: message %s was never settled" % (channel, key))
    replaced = set()
    for key, outcomes in settled.items():
        if outcomes == ["superseded"] or outcomes == ["grouped"]:
            replaced |= {key[0], seen.record.intents.get(key, ("",))[0]}
        elif outcomes != ["accepted"]:
            wrong.append("%s: message %s was settled as %s" % (channel, key, outcomes))
    for key, count in want.messages[channel].items():
        times = heard.get(key, 0)
        if times == 0 and key not in replaced:
            wrong.append("%s never heard %s" % (channel, key))
        if times > count + crashes:
            wrong.append("%s heard %s %d times" % (channel, key, times))
