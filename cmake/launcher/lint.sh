# shellcheck shell=sh disable=SC2154,SC2034 # root, log and the functions come from the launcher
# heaplaw lint [layout]: the layout of every tracked C++ file, then clang-tidy over all that is
# compiled, which takes about ten minutes on two cores; `layout` leaves that out.

dir=$root/build/dev log=$root/build/lint.log
open_log
provide lint
configure dev # for the compile database
unlock

failed=
(cd "$root" && git ls-files -z -- '*.cc' '*.h') |
  (cd "$root" && xargs -0 "$(clang_format)" --dry-run -Werror) || failed=yes

# Headers are checked through the sources that include them. Only what this build compiles has an
# entry in the compile database; the benchmarks are not among it. Tests are held to the warnings of
# two compilers only: they would double the time, and nobody builds on them.
tidy() {
  jobs=$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)
  (cd "$root" && git ls-files -z -- '*.cc' ':!tests') |
    (cd "$root" && xargs -0 -n 1 -P "$jobs" sh "$root/cmake/launcher/tidy_one.sh" \
      "$(clang_tidy)" "$dir")
}
[ "${1-}" = layout ] || tidy || failed=yes

[ -z "$failed" ] || {
  say "lint found something"
  exit 1
}
say "lint: clean"
