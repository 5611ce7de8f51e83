#!/bin/sh
# How long `heaplaw audit` takes for a large log, against `wc -l` on the same file in the same run,
# and how much memory. The logs are made of real lines of corpus/dumps.
# usage: bench/audit_race.sh [MEGABYTES [HEAPLAW]]
#   1024 megabytes unless told otherwise; HEAPLAW is build/release's. Files lie in the page cache, in
#   TMPDIR; of five rounds in turn the fastest counts.
set -eu
root=$(cd -- "$(dirname -- "$0")/.." && pwd -P)
megabytes=${1-1024}
heaplaw=${2-$root/build/release/cli/heaplaw}
[ -x "$heaplaw" ] || {
  echo "audit_race: no $heaplaw; ./heaplaw audit --help builds it" >&2
  exit 2
}
dumps=$root/corpus/dumps
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# The lines of real processes as one that never ends: each goes on in number and time, and follows
# only where its heap is not below what the last one left.
gctrace() {
  grep -h '^gc [0-9]' "$dumps"/go1.19.8/*gctrace*.txt | awk -v bytes="$1" '
    { at[NR] = substr($3, 2) + 0; share[NR] = $4; split($0, halves, "%: "); rest[NR] = halves[2]
      split($11, heap, "->"); start[NR] = heap[1]; left[NR] = heap[3] }
    END {
      while (written < bytes) for (i = 1; i <= NR && written < bytes; ++i) {
        if (start[i] < marked) { if (++skipped < NR) continue; marked = 0 }
        skipped = 0
        now += at[i] > at[i - 1] ? at[i] - at[i - 1] : 0.01
        line = sprintf("gc %d @%.3fs %s %s", ++number, now, share[i], rest[i])
        print line
        written += length(line) + 1
        marked = left[i]
      }
    }'
}

# Pages as the client library of Go prints them, of MemStats of real processes.
prometheus() {
  awk -v bytes="$1" '
    BEGIN { fields = split("alloc_bytes=Alloc alloc_bytes_total=TotalAlloc " \
        "buck_hash_sys_bytes=BuckHashSys frees_total=Frees gc_sys_bytes=GCSys " \
        "heap_alloc_bytes=HeapAlloc heap_idle_bytes=HeapIdle heap_inuse_bytes=HeapInuse " \
        "heap_objects=HeapObjects heap_released_bytes=HeapReleased heap_sys_bytes=HeapSys " \
        "lookups_total=Lookups mallocs_total=Mallocs mcache_inuse_bytes=MCacheInuse " \
        "mcache_sys_bytes=MCacheSys mspan_inuse_bytes=MSpanInuse mspan_sys_bytes=MSpanSys " \
        "next_gc_bytes=NextGC other_sys_bytes=OtherSys stack_inuse_bytes=StackInuse " \
        "stack_sys_bytes=StackSys sys_bytes=Sys", metric, " ") }
    function spelt(digits,  rest) { # as Go does: from a million on with an exponent
      if (length(digits) < 7) return digits
      rest = substr(digits, 2)
      sub(/0+$/, "", rest)
      return sprintf("%s%se+%02d", substr(digits, 1, 1), rest == "" ? "" : "." rest, length(digits) - 1)
    }
    function sample(name, kind, help, value) {
      page[NR] = page[NR] "# HELP " name " " help "\n# TYPE " name " " kind "\n" name " " value "\n"
    }
    { delete value
      line = substr($0, 2, index($0, "\"PauseNs\"") - 2)
      gsub(/"/, "", line)
      pairs = split(line, pair, ",")
      for (i = 1; i <= pairs; ++i) { split(pair[i], half, ":"); value[half[1]] = half[2] }
      sample("go_goroutines", "gauge", "Number of goroutines that currently exist.", 7 + NR)
      page[NR] = page[NR] "# HELP go_info Information about the Go environment.\n# TYPE go_info gauge\n" \
        "go_info{version=\"go1.16.15\"} 1\n"
      for (i = 1; i <= fields; ++i) {
        split(metric[i], half, "=")
        sample("go_memstats_" half[1], half[1] ~ /_total$/ ? "counter" : "gauge",
               "What " half[2] " of runtime.MemStats says.", spelt(value[half[2]]))
      }
      sample("process_resident_memory_bytes", "gauge", "Resident memory size in bytes.", spelt(value["Sys"]))
    }
    END { while (written < bytes) for (i = 1; i <= NR && written < bytes; ++i) {
        printf "%s", page[i]
        written += length(page[i])
      } }' "$dumps"/other-releases/go1.16.15-json.jsonl
}

seconds() { # COMMAND...
  begun=$(date +%s%N)
  "$@" >"$scratch/out" || {
    cat "$scratch/out" >&2
    exit 1
  }
  echo "$(($(date +%s%N) - begun))" | awk '{ printf "%.3f", $1 / 1e9 }'
}
faster() { # A B
  printf '%s\n%s\n' "$1" "$2" | sort -n | head -n 1
}
peak() { # COMMAND...: the most memory that it had, in MiB
  "$@" >/dev/null &
  pid=$!
  high=0
  while now=$(sed -n 's/^VmHWM:[^0-9]*\([0-9]*\) kB/\1/p' "/proc/$pid/status" 2>/dev/null) &&
    [ -n "$now" ]; do
    high=$now
    sleep 0.02
  done
  wait "$pid"
  echo $(((high + 1023) / 1024))
}

for form in gctrace prometheus; do
  log=$scratch/$form.log
  $form $((megabytes << 20)) >"$log"
  ours=999 theirs=999
  for _ in 1 2 3 4 5; do
    theirs=$(faster "$theirs" "$(seconds wc -l "$log")")
    ours=$(faster "$ours" "$(seconds "$heaplaw" audit "$log")")
  done
  echo "$form: $(grep -c '' "$log") lines, $megabytes MiB; heaplaw $ours s, wc -l $theirs s," \
    "ratio $(echo "$ours $theirs" | awk '{ printf "%.2f", $1 / $2 }');" \
    "peak memory $(peak "$heaplaw" audit "$log") MiB; $(tail -n 1 "$scratch/out" | sed 's/.*: ok/ok/')"
  rm -f "$log"
done
