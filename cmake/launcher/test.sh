# shellcheck shell=sh disable=SC2154 # root and the functions come from the launcher
# heaplaw test [PRESET...] [-- CTEST ARGUMENTS]: builds and runs the tests; one failure fails the
# call. PRESET is dev (unless told otherwise), asan, tsan or coverage; of several, every one runs.
#
# Example: heaplaw test asan -- -R PageTree

presets=
while [ $# -gt 0 ]; do
  case $1 in
    dev | asan | tsan | coverage) presets="$presets $1" ;;
    --)
      shift
      break
      ;;
    *) die "test: unknown preset $1; there are dev, asan, tsan and coverage" ;;
  esac
  shift
done

jobs=$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)
failed=
for preset in ${presets:-dev}; do
  chosen=$preset
  build "$chosen"
  (cd "$root" && ctest --preset "$chosen" --parallel "$jobs" --no-tests=error "$@") ||
    failed="$failed $chosen"
  [ "$chosen" != coverage ] || sh "$root/cmake/launcher/coverage_by_room.sh" "$root"
done
[ -z "$failed" ] || {
  say "failed under:$failed"
  exit 1
}
