#!/bin/sh
# Starts the box in the caller's own namespace for a side-by-side measurement and prints the supervisor's pid.
# Environment: BENCH_LISTEN and BENCH_UPSTREAM (127.0.0.1:PORT), BENCH_CERTS (folder with ca, server, upstream,
# client: .pem and .key), BENCH_WORK (scratch folder), BENCH_CPU (the CPU to pin to), GW_PROGRAMS (folder of the
# programs). Optional: BENCH_TENANTS, BENCH_RULES, BENCH_PROFILE (HIGH-13 or HIGH-12), BENCH_RESUME (on or off).
set -eu
here=$(cd "$(dirname "$0")" && pwd)
programs=${GW_PROGRAMS:-$here/../../build/release/bin}
mkdir -p "$BENCH_WORK"
ulimit -n "$(ulimit -Hn)"
python3 "$here/site_for_bench.py" --listen "$BENCH_LISTEN" --upstream "$BENCH_UPSTREAM" \
  --tenants "${BENCH_TENANTS:-1}" --rules "${BENCH_RULES:-1}" --profile "${BENCH_PROFILE:-HIGH-12}" \
  --resume "${BENCH_RESUME:-on}" >"$BENCH_WORK/bench.yaml"
rm -rf "$BENCH_WORK/certs"
cp -r "$BENCH_CERTS" "$BENCH_WORK/certs"
setsid taskset -c "$BENCH_CPU" "$programs/sekisho-supervisor" --config "$BENCH_WORK/bench.yaml" --run-dir "$BENCH_WORK/run" \
  --state-dir "$BENCH_WORK/state" \
  --programs "$programs" --log "$BENCH_WORK/records" --here >"$BENCH_WORK/log" 2>&1 </dev/null &
echo $!
