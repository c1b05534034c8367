#!/usr/bin/env node
/* schemas.js OBJECTS.json - each object of a list against the schemas of
 * Kubernetes and of three operators, as npm's kubernetes-models has them
 * (NODE_PATH says where). Those let a field pass that does not exist, so this
 * also looks which fields the schema asked for: one that is there and was
 * never asked for is unknown. Prints a line for each complaint; exits 1 if any.
 * schemas.js --ready only says, by its exit, whether they can be loaded.
 */
"use strict";
const fs = require("fs");
const path = require("path");

const modules = process.env.NODE_PATH;
const pascal = s => s.split(/[.-]/)
    .map(w => w.slice(0, 1).toUpperCase() + w.slice(1)).join("");

/* The names that the packages' generator gives to a kind. */
function candidates(apiVersion, kind) {
    const [group, version] = apiVersion.includes("/")
        ? apiVersion.split("/") : ["", apiVersion];
    const v = pascal(version) + kind;
    const core = group === "" ? "Core" : pascal(group.replace(/\.k8s\.io$/, ""));
    const word = pascal(group.split(".")[0].replace(/-/g, ""));
    return [
        ["kubernetes-models", `IoK8sApi${core}${v}`],
        ["@kubernetes-models/external-secrets",
            `ComGithubExternalSecretsExternalSecretsApis${word}${v}`],
        ["@kubernetes-models/argo-cd", `ArgoprojIo${v}`],
        ["@kubernetes-models/argo-cd",
            `ComGithubArgoprojArgoCdV3PkgApisApplication${v}`],
        ["@kubernetes-models/prometheus-operator",
            `ComGithubPrometheusOperatorPrometheusOperatorPkgApisMonitoring${v}`],
    ];
}

function schemaOf(object) {
    for (const [name, type] of candidates(object.apiVersion, object.kind)) {
        const file = path.join(modules, name, "_schemas", type + ".js");
        if (fs.existsSync(file)) return require(file).validate;
    }
    return null;
}

/* A view of `value` that takes down, by place, which members were read. */
function watch(value, place, read) {
    if (value === null || typeof value !== "object") return value;
    return new Proxy(value, {
        get(target, key) {
            if (typeof key !== "string") return target[key];
            const here = `${place}/${key}`;
            if (Object.prototype.hasOwnProperty.call(target, key))
                read.add(here);
            return watch(target[key], here, read);
        },
    });
}

function unread(value, place, read, found) {
    if (value === null || typeof value !== "object") return found;
    for (const key of Object.keys(value)) {
        const here = `${place}/${key}`;
        if (read.has(here)) unread(value[key], here, read, found);
        else found.push(here);
    }
    return found;
}

if (process.argv[2] === "--ready") {
    schemaOf({ apiVersion: "batch/v1", kind: "CronJob" })({});
    process.exit(0);
}

let bad = 0;
function complain(object, what) {
    console.log(`${object.kind}/${object.metadata.name}: ${what}`);
    bad = 1;
}

const objects = JSON.parse(fs.readFileSync(process.argv[2], "utf8"));
for (const object of objects) {
    const validate = schemaOf(object);
    if (!validate) {
        complain(object, `no schema is known of ${object.apiVersion}`);
        continue;
    }
    const read = new Set();
    if (!validate(watch(object, "", read)))
        for (const e of validate.errors)
            complain(object, `${e.instancePath} ${e.keyword}: ` +
                `${e.message || JSON.stringify(e.params)}`);
    else
        for (const place of unread(object, "", read, []))
            complain(object, `${place} is no field of this kind`);
}
process.exit(bad);
