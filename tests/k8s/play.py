#!/usr/bin/env python3
"""play.py OBJECTS.json CONFIG FOLDER WHERE - runs the containers of the CronJob
in OBJECTS as a pod would: those that stay (restartPolicy Always) beside the
others, the rest one after the other, each to its end. CONFIG lies at
/etc/gridwatch there; /data is a folder in FOLDER, and the simulator's port is a
free one. WHERE is the folder of the programs, or with ENTER="podman ..." the image. What each said is FOLDER/NAME.log.
Exits 0 when all that end did so with 0.
"""
import base64
import json
import os
import pathlib
import re
import shutil
import socket
import subprocess
import sys
import time

objects, config, folder, where = sys.argv[1:]
podman = os.environ.get("ENTER", "").split()
objects = json.load(open(objects, encoding="utf-8"))
folder = pathlib.Path(folder)
shutil.rmtree(folder, ignore_errors=True)
(folder / "data").mkdir(parents=True)
with socket.socket() as s:
    s.bind(("127.0.0.1", 0))
    free = s.getsockname()[1]


def here(text):
    """A text of the pod as it reads on this machine."""
    text = re.sub(r"\b8480\b", str(free), text)
    if podman:
        return text
    text = text.replace("/data/", f"{folder}/data/")
    return text.replace("/etc/gridwatch/", f"{folder}/config/")


shutil.copytree(config, folder / "config")
for f in (folder / "config").iterdir():
    f.write_text(here(f.read_text()))

secret = {}
for o in objects:
    if o["kind"] == "Secret":
        for k, v in o["data"].items():
            secret[k] = base64.b64decode(v).decode()
pod = [o for o in objects if o["kind"] == "CronJob"][0][
    "spec"]["jobTemplate"]["spec"]["template"]["spec"]


def in_image(program, env):
    """The words that run it in the image, as strictly as the pod does."""
    user = pod["securityContext"]["runAsUser"]
    os.chown(folder / "data", user, user)
    words = podman + ["run", "--rm", "--read-only", "--cap-drop", "all",
             "--network", "host", "--tmpfs", "/tmp",
             "--security-opt", "no-new-privileges",
             "--ulimit", "nofile=1024:1024", "--ulimit", "nproc=1024:1024",
             "--volume", f"{folder}/config:/etc/gridwatch:ro",
             "--volume", f"{folder}/data:/data", "--entrypoint", program]
    for name, value in env.items():
        words += ["--env", f"{name}={value}"]
    return words + [where]


def start(c):
    program = c.get("command", ["/usr/bin/gridwatch"])[0]
    env = {}
    for e in c.get("env", []):
        ref = e["valueFrom"]["secretKeyRef"]
        if ref["key"] in secret:
            env[e["name"]] = secret[ref["key"]]
    words = [f"{where}/{os.path.basename(program)}"]
    if podman:
        words = in_image(program, env)
    # A log is written on; /dev/stdout would begin it anew.
    words += [here(a).replace("/dev/stdout", "/dev/stderr")
              for a in c["args"]]
    with open(folder / f"{c['name']}.log", "a", encoding="utf-8") as log:
        return subprocess.Popen(words, env=None if podman else env, stdin=subprocess.DEVNULL,
                                stdout=log, stderr=log, cwd=folder)


def answers():
    for _ in range(100):
        try:
            socket.create_connection(("127.0.0.1", free), 1).close()
            return True
        except OSError:
            time.sleep(.1)
    return False


beside = []
status = 0
try:
    for c in pod.get("initContainers", []) + pod["containers"]:
        process = start(c)
        if c.get("restartPolicy") == "Always":
            beside.append(process)
            if not answers():
                sys.exit(f"{c['name']} does not answer")
            continue
        status = process.wait(timeout=150)
        said = (folder / f"{c['name']}.log").read_text()
        print(f"{c['name']} ended with {status}: {said}")
        if status:
            break
finally:
    for process in beside:
        process.terminate()
        process.wait(timeout=10)
sys.exit(status)
