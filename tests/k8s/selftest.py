#!/usr/bin/env python3
"""selftest.py OUT - each check must be able to fail.

A fault is planted in what an overlay renders, or in what the program said (OUT
has both, from check.sh). The rule it is meant for must turn red, and no other
one; a schema must name the object. Schemas are asked when NODE_PATH is set.
Prints 'ok FAULT' or 'FAILED FAULT: why' for each.

In a fault `cron`, `job`, `pod`, `main`, `codes`, `volume` and `of(KIND)` are
places of the job's objects, `own(KIND)` of the watchdog's, `alert` is the first
rule of Prometheus, and `facts` is what the program said.
"""
import json
import os
import subprocess
import sys

import rules

FAULTS = [
    ("volume", "schema", 'job["backofLimit"] = 1'),
    ("volume", "schema", 'cron["concurrencyPolicy"] = "Never"'),
    ("volume", "schema", 'main["resources"]["limits"]["memory"] = "lots"'),
    ("volume", "schema", 'del main["name"]'),
    ("volume", "schema", 'codes["value"] = [1]'),
    ("volume", "schema", 'of("NetworkPolicy")["spec"]["egres"] = []'),
    ("volume", "schema", 'of("PersistentVolumeClaim")["spec"]["accessMode"] = []'),
    ("dev", "schema", 'pod["initContainers"][0]["restartPolice"] = "Always"'),
    ("external-secrets", "schema", 'of("ExternalSecret")["spec"]["stor"] = {}'),
    ("argocd", "schema", 'of("Application")["spec"]["sorce"] = {}'),
    ("prometheus", "schema", 'alert["fro"] = "2m"'),
    ("prometheus", "schema", 'alert["expr"] = None'),
    ("prometheus", "schema", 'alert["for"] = "two minutes"'),
    ("prometheus", "schema", 'alert["labels"]["severity"] = 1'),
    ("volume", "restricted", 'pod["securityContext"]["runAsNonRoot"] = False'),
    ("volume", "restricted", 'pod["securityContext"]["runAsUser"] = 0'),
    ("volume", "restricted", 'del pod["securityContext"]["seccompProfile"]'),
    ("volume", "restricted", 'pod["hostNetwork"] = True'),
    ("volume", "restricted", 'del main["securityContext"]["capabilities"]'),
    ("volume", "restricted", 'main["securityContext"]["readOnlyRootFilesystem"] = False'),
    ("volume", "restricted", 'main["securityContext"]["privileged"] = True'),
    ("dev", "restricted", 'del pod["initContainers"][1]["securityContext"]'),
    ("volume", "no_token", 'del of("ServiceAccount")["automountServiceAccountToken"]'),
    ("volume", "no_token", 'pod["automountServiceAccountToken"] = True'),
    ("volume", "no_token", 'del pod["serviceAccountName"]'),
    ("volume", "schedule", 'cron["schedule"] = "*/15 * * * * *"'),
    ("volume", "schedule", 'del cron["timeZone"]'),
    ("volume", "schedule", 'cron["concurrencyPolicy"] = "Replace"'),
    ("volume", "schedule", 'del cron["startingDeadlineSeconds"]'),
    ("volume", "deadlines", 'job["activeDeadlineSeconds"] = 390'),
    ("volume", "deadlines", 'del job["backoffLimit"]'),
    ("volume", "deadlines", 'del pod["terminationGracePeriodSeconds"]'),
    ("volume", "deadlines", 'facts["options"]["run.deadline"] = "3m"'),
    ("volume", "deadlines", 'job["activeDeadlineSeconds"] = 800'),
    ("volume", "exit_codes", 'codes["values"].remove(65)'),
    ("volume", "exit_codes", 'codes["values"].append(79)'),
    ("volume", "exit_codes", 'codes["values"].insert(3, 73)'),
    ("stateless", "exit_codes", 'codes["values"].remove(73)'),
    ("volume", "exit_codes", 'codes["values"].reverse()'),
    ("volume", "exit_codes", 'codes["containerName"] = "job"'),
    ("volume", "exit_codes", 'job["podFailurePolicy"]["rules"].reverse()'),
    ("volume", "exit_codes", 'pod["restartPolicy"] = "OnFailure"'),
    ("volume", "secrets", 'main["env"][0]["name"] = "KUCOIN_KEY"'),
    ("volume", "secrets", 'main["env"].pop()'),
    ("volume", "secrets", 'main["env"][0] = {"name": "KUCOIN_API_KEY", "value": "x"}'),
    ("volume", "secrets", 'main["env"][3]["valueFrom"]["secretKeyRef"]["optional"] = True'),
    ("volume", "secrets", 'facts["secrets"].append("SLACK_TOKEN")'),
    ("volume", "secrets",
     'objects.append({"kind": "Secret", "metadata": {"name": "gridwatch", "namespace": "gridwatch"}})'),
    ("external-secrets", "secrets", 'of("ExternalSecret")["spec"]["target"]["name"] = "grids"'),
    ("volume", "network", 'of("NetworkPolicy")["spec"]["ingress"] = [{}]'),
    ("volume", "network", 'of("NetworkPolicy")["spec"]["egress"].append({})'),
    ("volume", "network", 'of("NetworkPolicy")["spec"]["policyTypes"] = ["Egress"]'),
    ("volume", "network",
     'of("NetworkPolicy")["spec"]["egress"][1]["ports"].append({"protocol": "TCP", "port": 80})'),
    ("volume", "network",
     'of("NetworkPolicy")["spec"]["podSelector"] = {"matchLabels": {"app": "x"}}'),
    ("volume", "volumes", 'objects.remove(of("PersistentVolumeClaim"))'),
    ("volume", "volumes", 'del volume["tmp"]["emptyDir"]'),
    ("volume", "volumes", 'main["volumeMounts"].pop()'),
    ("volume", "volumes", 'volume["config"]["configMap"]["name"] = "gridwatch-config"'),
    ("volume", "volumes", 'facts["options"]["repository.path"] = "data.git"'),
    ("stateless", "volumes", 'facts["options"]["repository.remote"] = ""'),
    ("volume", "volumes",
     'volume["data"].update(hostPath={}); del volume["data"]["persistentVolumeClaim"]'),
    ("volume", "resources", 'del main["resources"]["limits"]'),
    ("volume", "resources", 'main["resources"]["limits"]["memory"] = "32Mi"'),
    ("volume", "image", 'main["image"] = "registry.example/gridwatch:latest"'),
    ("volume", "image", 'main["image"] = "gridwatch:0.1.0"'),
    ("volume", "commands", 'main["args"][0] = "daemon"'),
    ("volume", "commands", 'main["args"][0] = "validate"'),
    ("volume", "commands", 'main["command"] = ["sh", "-c"]'),
    ("volume", "commands", 'main["args"][2] = "config/gridwatch.yaml"'),
    ("volume", "namespace", 'of("Namespace")["metadata"]["labels"] = {}'),
    ("volume", "namespace", 'of("CronJob")["metadata"]["namespace"] = "default"'),
    ("volume", "watchdog_is_sound", 'objects.remove(own("CronJob"))'),
    ("volume", "watchdog_is_sound", 'own("CronJob")["spec"]["schedule"] = "*/15 * * * *"'),
    ("volume", "watchdog_is_sound", 'objects.remove(own("PersistentVolumeClaim"))'),
    ("volume", "watchdog_is_sound", 'own_pod["containers"][0]["args"][0] = "run"'),
    ("volume", "watchdog_is_sound", 'own_pod["containers"][0]["env"].pop()'),
    ("volume", "watchdog_is_sound",
     'own_pod["containers"][0]["env"][2]["valueFrom"]["secretKeyRef"]["name"] = "gridwatch"'),
    ("stateless", "watchdog_is_sound", 'own_pod["volumes"].pop()'),
    ("volume", "watchdog_is_sound", 'own_pod["automountServiceAccountToken"] = True'),
    ("volume", "watchdog_is_sound", 'del own_pod["securityContext"]["runAsNonRoot"]'),
    ("volume", "watchdog_is_sound", 'own_pod["containers"][0]["image"] = "gridwatch:latest"'),
    ("argocd", "application",
     'of("Application")["spec"]["source"]["path"] = "k8s/overlays/none"'),
    ("argocd", "application", 'of("Application")["metadata"]["namespace"] = "default"'),
]


def plant(out, variant, fault):
    """The objects and the facts with the fault in them."""
    with open(f"{out}/{variant}.json", encoding="utf-8") as f:
        objects = json.load(f)
    facts = {}
    if os.path.exists(f"{out}/{variant}.facts"):
        with open(f"{out}/{variant}.facts", encoding="utf-8") as f:
            facts = json.loads(f.read() or "{}")

    def of(kind):
        return [o for o in objects if o["kind"] == kind
                and not rules.of_watchdog(o)][0]

    def own(kind):
        return [o for o in objects if o["kind"] == kind
                and rules.of_watchdog(o)][0]

    places = {"objects": objects, "facts": facts, "of": of, "own": own}
    if any(o["kind"] == "CronJob" for o in objects):
        cron = of("CronJob")["spec"]
        job = cron["jobTemplate"]["spec"]
        pod = job["template"]["spec"]
        places.update(
            cron=cron, job=job, pod=pod, main=pod["containers"][0],
            volume={v["name"]: v for v in pod["volumes"]},
            codes=job["podFailurePolicy"]["rules"][1]["onExitCodes"])
    for o in objects:
        if o["kind"] == "PrometheusRule":
            places["alert"] = o["spec"]["groups"][0]["rules"][0]
        if o["kind"] == "CronJob" and rules.of_watchdog(o):
            places["own_pod"] = o["spec"]["jobTemplate"]["spec"]["template"]["spec"]
    exec(fault, places)  # the table above, nobody else's text
    return objects, facts


def by_rules(variant, rule, objects, facts):
    """Why the rules did not judge the fault as they should, or None."""
    red = {name: found for name, found in rules.judge(variant, objects, facts)
           if found}
    if set(red) != {rule}:
        return f"red is {sorted(red)}"
    if any(what.startswith("cannot be judged") for what in red[rule]):
        return f"{rule} says {red[rule]}"
    return None


def by_schema(out, objects):
    planted = f"{out}/planted.json"
    with open(planted, "w", encoding="utf-8") as f:
        json.dump(objects, f)
    asked = subprocess.run(
        ["node", "tests/k8s/schemas.js", planted], capture_output=True,
        encoding="utf-8", check=False)
    if asked.returncode == 1 and asked.stdout and not asked.stderr:
        return None
    return f"the schema ends with {asked.returncode}: {asked.stderr[:200]}"


def main():
    out = sys.argv[1]
    for variant, rule, fault in FAULTS:
        if rule == "schema" and not os.environ.get("NODE_PATH"):
            continue
        objects, facts = plant(out, variant, fault)
        why = by_schema(out, objects) if rule == "schema" else \
            by_rules(variant, rule, objects, facts)
        name = f"{variant}: red by {fault}"
        print(f"FAILED {name}: {why}" if why else f"ok {name}")


main()
