# shellcheck shell=sh disable=SC2154 # root and the functions come from the launcher
# heaplaw bench [GOOGLE BENCHMARK ARGUMENTS]: every benchmark of the house, one after the other.
# What arguments there are, build/bench/bench/page_allocator_bench --help tells.
#
# Example: heaplaw bench --benchmark_filter=one_page

build bench
found=
for benchmark in "$root"/build/bench/bench/*_bench; do
  [ -x "$benchmark" ] || continue
  found=yes
  "$benchmark" "$@"
done
[ -n "$found" ] || die "bench: no benchmark was built"
