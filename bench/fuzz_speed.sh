#!/bin/sh
# How many operations a second the heap target gets through: model, oracle and laws, built as for
# fuzzing (address and undefined-behaviour sanitizers, coverage), in processor time of one core.
# usage: bench/fuzz_speed.sh [SECONDS [LENGTH|CORPUS]...]
#   Each set of histories is run for so many seconds, 3 unless told otherwise, and its fastest round
#   counts. A length stands for generated histories of so many operations, and mutations of them; a
#   folder for the histories in it. Unless told otherwise: lengths from 30 to 4000, the seeds, and
#   what a fuzzer has found here.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
seconds=${1:-3}
[ $# -eq 0 ] || shift
if [ $# -eq 0 ]; then
  set -- 30 100 300 1000 4000 "$root/corpus/fuzz/heap"
  [ ! -d "$root/build/fuzz/corpus/heap" ] || set -- "$@" "$root/build/fuzz/corpus/heap"
fi
cd "$root"
cmake --preset fuzz >/dev/null
cmake --build --preset fuzz --target heap_fuzz_speed >/dev/null
# As ./heaplaw fuzz sets them.
ASAN_OPTIONS=$(sh cmake/launcher/fuzz_asan_options.sh)
export ASAN_OPTIONS
exec build/fuzz/fuzz/heap_fuzz_speed "$seconds" "$@"
