#!/bin/sh
# audit as a shell sees it: every format, standard input, results for scripts, exit codes, hostile
# input.
# usage: audit_test.sh /path/to/heaplaw CORPUS [plain|sanitized]
here=$(cd -- "$(dirname -- "$0")" && pwd)
heaplaw=$1 dumps=$2/dumps
# Programs under sanitizers reserve terabytes of address space at their start, so for them there is
# no limit on it.
limit="ulimit -v 400000;"
[ "${3-}" != sanitized ] || limit=
. "$here/expect.sh"
parses() { # WHAT PROGRAM: by somebody else's reader, where there is one
  ! command -v python3 >/dev/null || that "what was written is no $1" python3 -c "$2"
}
audit="$heaplaw audit"
trace=$dumps/go1.19.8/07-gctrace-scavtrace-p4.txt
broken=$dumps/other-releases/go1.16.15-386.jsonl

# Every format is found out, and none is broken.
expect 0 'gctrace: 20; 300 figures; Go 1.18 -' $audit "$dumps/go1.19.8/01-gctrace-burst.txt"
expect 0 'gctrace: 24; 360 figures; Go 1.6 - 1.17' $audit "$dumps/other-releases/go1.12.17-trace.txt"
expect 0 'gctrace of the C runtime: 13; 234 figures; Go 1.4' $audit "$dumps/other-releases/go1.4.3-long.txt"
expect 0 'GC forced: 3' $audit "$dumps/other-releases/go1.4.3-long.txt"
expect 0 'scvg: 39; 119 figures; Go 1.13' $audit "$dumps/other-releases/go1.13.15-trace.txt"
expect 0 'scavtrace: 31; 93 figures; Go 1.21 -' $audit "$dumps/other-releases/go1.21.13-trace.txt"
expect 0 'heap profile: 1; 539 figures; Go 1.15 -' $audit "$dumps/go1.19.8/09-heap-rate1.txt"
expect 0 'heap profile records: 1' $audit "$dumps/other-releases/go1.4.3-heap0.txt"
expect 0 'JSON: 7; 3,780 figures; Go 1.16 -' $audit "$dumps/go1.19.8/17-memstats-seq.jsonl"
expect 0 'expvar: 1' $audit "$dumps/go1.19.8/21-expvar.json"
expect 0 '%v: 2; 1,080 figures; Go 1.16 -' $audit "$dumps/values/go1.26.8-values.txt"
expect 0 '%+v: 2; 1,080 figures; Go 1.16 -' $audit "$dumps/values/go1.26.8-values.txt"
expect 0 '%#v: 2; 1,080 figures; Go 1.16 -' $audit "$dumps/values/go1.26.8-values.txt"
printf '%s\n' '# TYPE go_memstats_heap_inuse_bytes gauge' 'go_info{version="go1.16.3"} 1' \
  'go_memstats_heap_inuse_bytes 1.2345678e+07' 'go_memstats_heap_idle_bytes 8192' >exposition
expect 1 'HeapSys: found 12345679, expected 12353870' sh -c \
  "(cat exposition; echo go_memstats_heap_sys_bytes 12345679) | $audit -"
expect 0 'Prometheus: 1; 3 figures; Go 1.16' sh -c \
  "(cat exposition; echo go_memstats_heap_sys_bytes 12353870) | sed s/678e/792e/\;s/3870/3984/ | $audit -"
printf '/memory/classes/heap/%s:bytes %s\n' free 8192 objects 100 unused 8092 released 0 >metrics
expect 0 'runtime/metrics: 1; 6 figures; Go 1.16 -' $audit metrics

# What is broken, in whose words; several files; what a script reads.
expect 1 "$broken:3: HeapAlloc: found 18446744070656145800, expected at most 1241841664 (alloc-within-inuse)" \
  $audit "$broken"
expect 1 '0 broken' $audit "$broken" "$trace"
expect 0 '<stdin>: ok: 11 laws hold' sh -c "$audit - <'$trace'"
expect 0 'holds: trace-share-of-cpu, 14 times (exact)' $audit --all "$trace"
expect 0 '"holds": true' $audit --json "$trace"
expect 1 '"holds": false' $audit --json "$broken"
expect 2 '"error": "missing: found no such file' $audit --json missing
parses JSON 'import json; json.load(open("out"))'
expect 1 '4 broken' $audit --junit junit.xml "$broken" "$trace"
that 'JUnit of two files' grep -q 'failures="4"' junit.xml
parses XML 'import xml.dom.minidom as x; x.parse("junit.xml")'
cp junit.xml before.xml
expect 2 'nothing is written over' $audit --junit junit.xml "$trace"
that 'a file was written over' cmp -s junit.xml before.xml
expect 2 'no folder' $audit --junit none/junit.xml "$trace"
that 'a part of a file stays' [ ! -e none ]

# Pasted, cut, mixed with other things; nothing is guessed.
expect 0 'left out: a line of a trace that is cut or changed' sh -c "head -c 700 '$trace' | $audit -"
expect 0 'other lines, the first is line 1' sh -c "(echo listening on port 80; cat '$trace') | $audit -"
expect 0 'traces of 2 processes' sh -c "cat '$trace' '$trace' | $audit -"
head -c 20000 "$dumps/go1.19.8/09-heap-rate1.txt" >cut.txt
expect 0 'heap profile records: 1' $audit cut.txt
expect 0 '14 of them mended' sh -c "sed 's/^/2026-11-21 app[7]: /; s/->/-\\&gt;/g' '$trace' | $audit -"
expect 0 'gctrace: 14; 210' sh -c "sed 's/\$/\\r/' '$trace' | $audit -"

# No evidence at all.
: >empty
head -c 1000000 /dev/urandom >binary
mkdir folder
expect 2 'empty: found an empty file' $audit empty
expect 2 'found nothing known, expected figures' $audit binary
expect 2 'found nothing known' sh -c "head -c 100000 /dev/zero | $audit -"
expect 2 'folder: found a directory' $audit folder
expect 2 'missing: found no such file' $audit missing
expect 2 'a heap profile of another tool' sh -c \
  "echo 'heap profile: 1: 2 [3: 4] @ heap_v2/524288' | $audit -"
expect 2 'required' $audit
# root may read everything, so there is nothing to refuse
cp "$trace" secret && chmod 000 secret
[ "$(id -u)" -eq 0 ] || expect 2 'may not read' $audit secret
expect 2 'could not write' sh -c "$audit '$trace' >/dev/full"

# Gigabytes in bounded memory: a line without an end, and a log that never ends.
expect 2 'found a longer line, expected a line end within 16777216 bytes' sh -c \
  "$limit head -c 1000000000 /dev/zero | tr '\0' 'a' | $audit -"
expect 0 'gctrace: 500,000; 7,500,000 figures' sh -c "$limit grep -h '^gc 1 ' '$trace' |
  head -n 1 >one; yes \"\$(cat one)\" | head -n 500000 | $audit -"

# Progress is for people: nothing of it where standard error is a file.
expect 0 'laws hold' sh -c "(cat '$trace'; sleep 2.5; cat '$trace') | $audit -"
that 'progress in a file' [ ! -s err ]
# Not everywhere is there a terminal to be had, or what makes one.
if script -qec true /dev/null >/dev/null 2>&1; then
  printf '%s\n' "(yes \"\$(cat one)\" | head -n 20000; sleep 2.5; yes \"\$(cat one)\" |
    head -n 20000) | $audit -" >slow.sh
  script -qec 'sh slow.sh' /dev/null >out 2>&1
  that 'no progress on a terminal' grep -q '<stdin>: .* lines' out
fi
# Three need python3 or a terminal.
finish 47
