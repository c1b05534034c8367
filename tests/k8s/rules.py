#!/usr/bin/env python3
"""rules.py VARIANT OBJECTS.json FACTS.json

Our own rules about what an overlay renders, beyond what a schema can say.
FACTS is what check.sh asked the program: its secrets, its commands, its
version, and run.deadline and the rest of the configuration in the ConfigMap.
Prints 'ok RULE' or 'FAILED RULE: what' for each; exits 1 when one failed.
"""
import json
import os
import re
import sys

SLOT_S = 900
PORTS = {("UDP", 53), ("TCP", 53), ("TCP", 443), ("TCP", 22)}
NEEDED = {"PUSHOVER_TOKEN", "PUSHOVER_USER"}


class Rendering:
    def __init__(self, variant, objects, facts):
        self.variant, self.objects, self.facts = variant, objects, facts
        self.cron = self.one("CronJob")["spec"]
        self.job = self.cron["jobTemplate"]["spec"]
        self.pod = self.job["template"]["spec"]
        self.inits = self.pod.get("initContainers", [])
        self.main = self.pod["containers"][0]
        self.containers = self.inits + self.pod["containers"]

    def kind(self, kind):
        return [o for o in self.objects if o["kind"] == kind]

    def one(self, kind):
        found = self.kind(kind)
        if len(found) != 1:
            raise LookupError(f"{len(found)} objects of kind {kind}, not 1")
        return found[0]

    def option(self, key):
        return self.facts["options"][key]


def seconds(text):
    number, unit = re.fullmatch(r"(\d+)(ms|s|m|h)?", str(text)).groups()
    return int(number) * {"ms": .001, "m": 60, "h": 3600}.get(unit, 1)


def mebibytes(text):
    number, unit = re.fullmatch(r"(\d+)(Mi|Gi)", text).groups()
    return int(number) * (1024 if unit == "Gi" else 1)


def restricted(r):
    pod = r.pod.get("securityContext", {})
    if pod.get("runAsNonRoot") is not True:
        yield "the pod may run as root"
    for key in ("runAsUser", "runAsGroup", "fsGroup"):
        if not (isinstance(pod.get(key), int) and pod[key] > 0):
            yield f"{key} is {pod.get(key)}"
    if pod.get("seccompProfile") != {"type": "RuntimeDefault"}:
        yield "seccompProfile is not RuntimeDefault"
    for key in ("hostNetwork", "hostPID", "hostIPC"):
        if r.pod.get(key):
            yield f"{key} is set"
    for c in r.containers:
        own = c.get("securityContext", {})
        if own.get("allowPrivilegeEscalation") is not False:
            yield f"{c['name']} may gain privileges"
        if own.get("readOnlyRootFilesystem") is not True:
            yield f"{c['name']} may write to its root"
        if own.get("capabilities") != {"drop": ["ALL"]}:
            yield f"{c['name']} has capabilities"
        more = set(own) - {"allowPrivilegeEscalation", "capabilities",
                           "readOnlyRootFilesystem"}
        if more:
            yield f"{c['name']} overrides {sorted(more)}"


def no_token(r):
    account = r.one("ServiceAccount")
    if account.get("automountServiceAccountToken") is not False:
        yield "the ServiceAccount mounts its token"
    if r.pod.get("automountServiceAccountToken") is not False:
        yield "the pod mounts a token"
    if r.pod.get("serviceAccountName") != account["metadata"]["name"]:
        yield "the pod has another ServiceAccount"


def schedule(r):
    for key, want in (("schedule", "*/15 * * * *"), ("timeZone", "Etc/UTC"),
                      ("concurrencyPolicy", "Forbid")):
        if r.cron.get(key) != want:
            yield f"{key} is {r.cron.get(key)}, not {want}"
    if not 60 <= r.cron.get("startingDeadlineSeconds", 0) < SLOT_S:
        yield "startingDeadlineSeconds is not within 60 and a slot"
    if r.cron.get("suspend"):
        yield "it is suspended"


def deadlines(r):
    run = seconds(r.option("run.deadline"))
    again = r.job.get("backoffLimit", 6)
    tries = (again + 1) * run + 10 * (2 ** again - 1)
    active = r.job.get("activeDeadlineSeconds", 0)
    grace = r.pod.get("terminationGracePeriodSeconds", 30)
    if active <= tries:
        yield f"activeDeadlineSeconds {active} is not above all tries, {tries:g}"
    if grace <= run:
        yield f"terminationGracePeriodSeconds {grace} is not above {run:g}"
    if active + grace >= SLOT_S:
        yield f"{active} + {grace} s reach into the next slot"


def text_of(path):
    with open(path, encoding="utf-8") as f:
        return f.read()


def documented(r):
    """What docs/kubernetes.md says a code does in this variant."""
    column = 3 if r.variant == "stateless" else 2
    said = {}
    for line in text_of("docs/kubernetes.md").splitlines():
        cells = [c.strip() for c in line.strip().strip("|").split("|")]
        if len(cells) == 5 and cells[0].isdigit():
            said[int(cells[0])] = cells[column]
    return said


def exit_codes(r):
    said = documented(r)
    known = {int(m) for m in re.findall(
        r"^\| (\d+) \|", text_of("README.md"), re.M)}
    if not known or known - set(said):
        yield f"docs/kubernetes.md does not tell {sorted(known - set(said))}"
    if r.pod.get("restartPolicy") != "Never":
        yield "restartPolicy is not Never"
    rules = r.job.get("podFailurePolicy", {}).get("rules", [])
    want = {"action": "Ignore", "onPodConditions": [
        {"type": "DisruptionTarget", "status": "True"}]}
    if not rules or rules[0] != want:
        yield "a lost node is not the first rule"
    final = []
    for rule in rules[1:]:
        codes = rule.get("onExitCodes", {})
        if rule["action"] != "FailJob" or codes.get("operator") != "In":
            yield f"a rule is {rule['action']} {codes.get('operator')}"
        if codes.get("containerName") != r.main["name"]:
            yield f"a rule is about container {codes.get('containerName')}"
        final += codes.get("values", [])
    if final != sorted(set(final)):
        yield "the codes are not in order, or one stands twice"
    told = sorted(c for c, what in said.items() if what == "final")
    if sorted(final) != told:
        yield f"final are {final}, docs/kubernetes.md says {told}"
    if set(said.values()) - {"final", "again", "done"}:
        yield f"docs/kubernetes.md says {sorted(set(said.values()))}"


def secrets(r):
    known = set(r.facts["secrets"])
    seen = set()
    for c in r.containers:
        if c.get("envFrom"):
            yield f"{c['name']} takes variables nobody named"
        for e in c.get("env", []):
            name = e["name"]
            ref = e.get("valueFrom", {}).get("secretKeyRef")
            seen.add(name)
            if name not in known:
                yield f"the program does not read {name}"
            elif not ref:
                yield f"{name} does not come from a Secret"
            elif ref["key"] != name:
                yield f"{name} is the key {ref['key']}"
            elif (name not in NEEDED) is not bool(ref.get("optional")):
                yield f"{name}: optional is {ref.get('optional')}"
    if known - seen:
        yield f"nobody can set {sorted(known - seen)}"
    names = {e["valueFrom"]["secretKeyRef"]["name"]
             for e in r.main.get("env", []) if "secretKeyRef" in
             e.get("valueFrom", {})}
    made = {s["metadata"]["name"] for s in r.kind("Secret")}
    if r.variant != "dev" and made:
        yield f"a Secret is committed: {sorted(made)}"
    if r.variant == "dev" and names != made:
        yield f"the Secret is {sorted(made)}, asked is {sorted(names)}"
    for e in r.kind("ExternalSecret"):
        if {e["spec"]["target"]["name"]} != names:
            yield f"the operator makes another Secret than {sorted(names)}"


def network(r):
    policy = r.one("NetworkPolicy")["spec"]
    labels = r.job["template"]["metadata"].get("labels", {})
    chosen = policy["podSelector"].get("matchLabels", {})
    if not chosen or not chosen.items() <= labels.items():
        yield "the policy is not about our pod"
    if sorted(policy.get("policyTypes", [])) != ["Egress", "Ingress"]:
        yield "the policy is not about both directions"
    if policy.get("ingress"):
        yield "somebody may call in"
    seen = set()
    for rule in policy.get("egress", []):
        if not rule.get("ports"):
            yield "a rule lets every port out"
        for port in rule.get("ports", []):
            seen.add((port.get("protocol"), port.get("port")))
    if seen != PORTS:
        yield f"out go {sorted(seen ^ PORTS)} otherwise than said"


def data_volume(r, volume):
    if "persistentVolumeClaim" in volume:
        claim = volume["persistentVolumeClaim"]["claimName"]
        found = [c for c in r.kind("PersistentVolumeClaim")
                 if c["metadata"]["name"] == claim]
        if not found or found[0]["spec"]["accessModes"] != ["ReadWriteOnce"]:
            yield f"there is no claim '{claim}' for one node"
    elif "emptyDir" in volume:
        # The simulator's record may be forgotten.
        if not r.option("repository.remote") and r.variant != "dev":
            yield "the record is kept nowhere: there is no remote"
    else:
        yield f"the record lies on {sorted(volume)}"


def volumes(r):
    there = {v["name"]: v for v in r.pod.get("volumes", [])}
    used = set()
    for c in r.containers:
        for m in c.get("volumeMounts", []):
            used.add(m["name"])
            if m["name"] not in there:
                yield f"{c['name']} mounts '{m['name']}', which is not there"
    if set(there) - used:
        yield f"nobody mounts {sorted(set(there) - used)}"
    if not r.option("repository.path").startswith("/data/"):
        yield "the record does not lie on /data"
    mounts = {m["mountPath"]: m for m in r.main["volumeMounts"]}
    if set(mounts) != {"/data", "/tmp", "/etc/gridwatch"}:
        yield f"mounted is {sorted(mounts)}"
        return
    if "emptyDir" not in there.get(mounts["/tmp"]["name"], {}):
        yield "/tmp is not an emptyDir"
    config = there.get(mounts["/etc/gridwatch"]["name"], {})
    maps = {m["metadata"]["name"] for m in r.kind("ConfigMap")}
    if config.get("configMap", {}).get("name") not in maps:
        yield "the configuration is not the ConfigMap that is rendered"
    yield from data_volume(r, there.get(mounts["/data"]["name"], {}))


def resources(r):
    for c in r.containers:
        asked = c.get("resources", {}).get("requests", {})
        limit = c.get("resources", {}).get("limits", {}).get("memory")
        if not {"cpu", "memory"} <= set(asked):
            yield f"{c['name']} asks for no processor or memory"
        if not limit or mebibytes(limit) < 4 * 32:
            yield f"{c['name']} is limited to {limit}: four runs are 128Mi"


def image(r):
    for c in r.containers:
        name, _, tag = c["image"].rpartition(":")
        if tag != r.facts["version"]:
            yield f"{c['name']} has image {c['image']}"
        if "/" not in name:
            yield f"{c['name']}: {c['image']} is of no registry"


def commands(r):
    for c in r.containers:
        if c.get("command") == ["/usr/bin/gridwatch-sim"]:
            if r.variant != "dev":
                yield f"{c['name']} runs the simulator"
            continue
        if c.get("command"):
            yield f"{c['name']} does not run the image's program"
        if c["args"][0] not in r.facts["commands"]:
            yield f"{c['name']}: gridwatch has no '{c['args'][0]}'"
        words = " ".join(c["args"]).replace("=", " ").split()
        if words[words.index("--config") + 1:][:1] != [
                "/etc/gridwatch/gridwatch.yaml"]:
            yield f"{c['name']} reads another configuration"
    if r.main["args"][0] != "run":
        yield f"the job does '{r.main['args'][0]}'"


def namespace(r):
    space = r.one("Namespace")["metadata"]
    if space["labels"].get("pod-security.kubernetes.io/enforce") != "restricted":
        yield "the namespace takes any pod"
    for o in r.objects:
        own = o["metadata"].get("namespace")
        if o["kind"] != "Namespace" and own != space["name"]:
            yield f"{o['kind']} is in {own}, not in {space['name']}"


def application(objects):
    for o in objects:
        path = o["spec"]["source"]["path"]
        if not os.path.exists(os.path.join(path, "kustomization.yaml")):
            yield f"there is no '{path}'"
        if o["metadata"].get("namespace") != "argocd":
            yield "an Application belongs to the namespace of Argo CD"
        if o["spec"]["destination"].get("namespace") != "gridwatch":
            yield "its destination is not the namespace gridwatch"


RULES = [restricted, no_token, schedule, deadlines, exit_codes, secrets,
         network, volumes, resources, image, commands, namespace]


def of_watchdog(o):
    """Its own objects; a ConfigMap has a hash behind its name."""
    return o["metadata"]["name"].startswith("gridwatch-watchdog")


def watchdog_claims(r, watched):
    claims = [v["persistentVolumeClaim"]["claimName"]
              for v in r.pod.get("volumes", []) if "persistentVolumeClaim" in v]
    if claims != ["gridwatch-watchdog"] or not r.kind("PersistentVolumeClaim"):
        yield f"it remembers on {claims}"
    if any(v.get("persistentVolumeClaim", {}).get("claimName") in claims
           for v in watched.pod.get("volumes", [])):
        yield "it shares a volume with the job"
    maps = {m["metadata"]["name"] for m in r.kind("ConfigMap")}
    if not any(v.get("configMap", {}).get("name") in maps
               for v in r.pod.get("volumes", [])):
        yield "it does not read its own ConfigMap"


def watchdog_secrets(r):
    known = set(r.facts["watchdog_secrets"])
    seen = set()
    for e in r.main.get("env", []):
        ref = e.get("valueFrom", {}).get("secretKeyRef", {})
        seen.add(e["name"])
        if ref.get("name") != "gridwatch-watchdog" or ref["key"] != e["name"]:
            yield f"{e['name']} is of {ref.get('name')}"
        if (e["name"].startswith("WATCHDOG_PUSHOVER_")
                is bool(ref.get("optional"))):
            yield f"{e['name']}: optional is {ref.get('optional')}"
    if seen != known or not known:
        yield f"the program reads {sorted(known)}, set are {sorted(seen)}"


def watchdog(r, watched):
    """Another Secret, another volume, another configuration than the job's."""
    cron = r.cron
    if cron.get("schedule") != "7-59/15 * * * *" or \
            cron.get("timeZone") != "Etc/UTC" or \
            cron.get("concurrencyPolicy") != "Forbid":
        yield f"it looks at {cron.get('schedule')}"
    if r.job.get("activeDeadlineSeconds", SLOT_S) + \
            r.pod.get("terminationGracePeriodSeconds", 30) >= SLOT_S:
        yield "a look may reach into the next one"
    if r.main["args"] != ["watchdog", "--config",
                          "/etc/gridwatch/watchdog.yaml"]:
        yield f"it does {r.main['args']}"
    # Account and NetworkPolicy are the job's, and judged with it.
    if (r.pod.get("serviceAccountName"),
            r.pod.get("automountServiceAccountToken")) != ("gridwatch", False):
        yield "it has another ServiceAccount than the job, or its token"
    labels = [x.job["template"]["metadata"].get("labels") for x in (r, watched)]
    if labels[0] != labels[1]:
        yield "the NetworkPolicy is not about its pod"
    if "watchdog" not in r.facts["commands"]:
        yield "the program has no such command"
    yield from watchdog_secrets(r)
    yield from watchdog_claims(r, watched)


def judge_watchdog(variant, objects, facts, watched):
    """What holds for every pod of ours, and what is its own."""
    own = [o for o in objects if of_watchdog(o)]
    if variant == "dev":
        left = [o["kind"] for o in own if o["kind"] != "ConfigMap"]
        return [f"dev has {left}"] if left else []
    if "CronJob" not in [o["kind"] for o in own]:
        return ["there is no watchdog"]
    r = Rendering(variant, own, facts)
    found = [what for rule in (restricted, resources, image)
             for what in rule(r)]
    return found + list(watchdog(r, watched))


def complaints(rule, argument):
    try:
        return list(rule(argument))
    except (LookupError, AttributeError, TypeError, ValueError) as e:
        return [f"cannot be judged: {type(e).__name__} {e}"]


def judge(variant, objects, facts):
    """(name of the rule, its complaints) of each rule."""
    if variant == "argocd":
        chosen, argument = [application], objects
    else:
        job = [o for o in objects if not of_watchdog(o)]
        chosen, argument = RULES, Rendering(variant, job, facts)

        def watchdog_is_sound(watched):
            return judge_watchdog(variant, objects, facts, watched)
        chosen = RULES + [watchdog_is_sound]
    return [(rule.__name__, complaints(rule, argument)) for rule in chosen]


def main():
    variant, objects_file, facts_file = sys.argv[1:]
    with open(objects_file, encoding="utf-8") as f:
        objects = json.load(f)
    with open(facts_file, encoding="utf-8") as f:
        facts = json.loads(f.read() or "{}")
    bad = 0
    for name, found in judge(variant, objects, facts):
        for what in found:
            print(f"FAILED {name}: {what}")
        if not found:
            print(f"ok {name}")
        bad |= bool(found)
    return int(bad)


if __name__ == "__main__":
    sys.exit(main())
