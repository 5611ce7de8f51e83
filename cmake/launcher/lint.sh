# shellcheck shell=sh disable=SC2154,SC2034 # root, log and the functions come from the launcher
# heaplaw lint [layout]: the layout of every tracked C++ file, then clang-tidy over all that is
# compiled, which takes a quarter of an hour on two cores; `layout` leaves that out.
#
# Example: heaplaw lint layout

case $* in
  '' | layout) ;;
  *) die "lint: '$*' is not known; there is: layout" ;;
esac
dir=$root/build/dev log=$root/build/lint.log
open_log
provide lint
configure dev # for the compile database
unlock

failed=
(cd "$root" && git ls-files -z -- '*.cc' '*.h') |
  (cd "$root" && xargs -0 "$(clang_format)" --dry-run -Werror) || failed=yes

# Headers are checked through the sources that include them. Only what this build compiles has an
# entry in the compile database; the benchmarks are not among it. Tests have a shorter list of their
# own. The include probe is no source by itself: each header in turn is compiled through it.
tidy() {
  jobs=$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)
  (cd "$root" && git ls-files -z -- '*.cc' ':!tests/house/include_probe.cc') |
    (cd "$root" && xargs -0 -n 1 -P "$jobs" sh "$root/cmake/launcher/tidy_one.sh" \
      "$(clang_tidy)" "$dir")
}
[ "${1-}" = layout ] || tidy || failed=yes

[ -z "$failed" ] || {
  say "lint found something"
  exit 1
}
say "lint: clean"
