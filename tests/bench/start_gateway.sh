#!/bin/sh
# Starts the box in the caller's own namespace for a side-by-side measurement and prints the supervisor's pid.
# Environment: BENCH_LISTEN and BENCH_UPSTREAM (127.0.0.1:PORT), BENCH_CERTS (ca, server, upstream, client:
# .pem and .key), BENCH_WORK (scratch folder), BENCH_CPU (the CPU to pin to), GW_PROGRAMS (folder of the programs).
set -eu
here=$(cd "$(dirname "$0")" && pwd)
programs=${GW_PROGRAMS:-$here/../../build/release/bin}
mkdir -p "$BENCH_WORK"
ulimit -n "$(ulimit -Hn)"
until=$(date -u -d '+300 days' +%F)
exception="{ name: HIGH-12, until: $until, reason: measured beside peers, approver: bench }"
cat >"$BENCH_WORK/bench.yaml" <<YAML
version: 1
site: bench
network:
  lan:
    - { name: loopback, interface: lo, addresses: [127.0.0.1/32] }
  wan: { interface: lo, addresses: [127.0.0.1/32] }
tenants:
  - name: bench
    terminal_anchors: certs/ca.pem
    limits: { sessions: 20000, sessions_per_terminal: 20000, sessions_per_source: 20000, handshakes: 4096, connections_per_source: 100000 per s }
    terminals:
      - { name: client, match: { dns: client.bench } }
    services:
      - name: backend
        mode: terminate
        downstream: { certificate: certs/server.pem, key: certs/server.key, profile: $exception }
        upstream:
          server_name: backend.bench
          port: ${BENCH_UPSTREAM##*:}
          addresses: [${BENCH_UPSTREAM%:*}]
          certificate: certs/upstream.pem
          key: certs/upstream.key
          anchors: certs/ca.pem
          profile: $exception
          resume: ${GW_RESUME:-on}
    listeners:
      - { name: backend, address: ${BENCH_LISTEN%:*}, port: ${BENCH_LISTEN##*:}, services: [backend] }
    rules:
      - { name: bench, terminals: all, service: backend }
YAML
rm -rf "$BENCH_WORK/certs"
cp -r "$BENCH_CERTS" "$BENCH_WORK/certs"
setsid taskset -c "$BENCH_CPU" "$programs/sekisho-supervisor" --config "$BENCH_WORK/bench.yaml" --run-dir "$BENCH_WORK/run" \
  --programs "$programs" --log "$BENCH_WORK/records" --here >"$BENCH_WORK/log" 2>&1 </dev/null &
echo $!
