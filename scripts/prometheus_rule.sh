#!/bin/sh
# prometheus_rule.sh - prints the PrometheusRule of k8s/overlays/prometheus,
# made of the plain rules in k8s/prometheus/gridwatch.rules.yaml.
set -eu
cd "$(dirname "$0")/.."
cat <<'END'
# Printed by scripts/prometheus_rule.sh from k8s/prometheus/gridwatch.rules.yaml;
# a test holds it to that. For the Prometheus operator.
apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata:
  name: gridwatch
spec:
END
sed -n '/^groups:/,$s/^\(.\)/  \1/p' k8s/prometheus/gridwatch.rules.yaml
