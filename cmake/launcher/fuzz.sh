# shellcheck shell=sh disable=SC2154 # root and the functions come from the launcher
# heaplaw fuzz [TARGET [SECONDS [LIBFUZZER ARGUMENTS]]]: fuzzes a target, for 60 seconds unless told
# otherwise, and keeps what it learns under build/fuzz; without a target, lists them.
#
# Example: heaplaw fuzz heap 600 -jobs=2

fuzz_targets() { sed -n 's/^heaplaw_fuzz_target(\([a-z0-9_]*\).*/\1/p' "$root/fuzz/CMakeLists.txt"; }
known_target() {
  fuzz_targets | grep -qx -e "$1" || die "no fuzz target $1; there are:" "$(fuzz_targets | xargs)"
}
# NAME.options holds `key = value` lines under [libfuzzer], as OSS-Fuzz reads them.
fuzz_options() { # TARGET
  [ ! -f "$root/fuzz/$1.options" ] ||
    sed -n 's/^\([a-z_]*\) *= *\([^ ]*\)$/-\1=\2/p' "$root/fuzz/$1.options"
}

fuzz() { # TARGET SECONDS [ARGUMENT...]
  target=$1 seconds=$2
  shift 2
  build fuzz "${target}_fuzz"
  found=$root/build/fuzz/corpus/$target artifacts=$root/build/fuzz/artifacts/$target
  mkdir -p "$found" "$artifacts"
  # New inputs go to the first folder; the others are only read.
  set -- "$@" "$found"
  for seeds in "$root/corpus/fuzz/$target" "$root/corpus/regressions/$target"; do
    [ ! -d "$seeds" ] || set -- "$@" "$seeds"
  done
  [ ! -f "$root/fuzz/$target.dict" ] || set -- "-dict=$root/fuzz/$target.dict" "$@"
  # shellcheck disable=SC2046  # one option a word
  ASAN_OPTIONS=$(. "$root/cmake/launcher/fuzz_asan_options.sh") \
    "$root/build/fuzz/fuzz/${target}_fuzz" $(fuzz_options "$target") -max_total_time="$seconds" \
    -artifact_prefix="$artifacts/" -print_final_stats=1 "$@"
}

if [ $# -eq 0 ]; then
  fuzz_targets
  exit 0
fi
known_target "$1"
target=$1 seconds=${2-60}
shift
[ $# -eq 0 ] || shift
case $seconds in '' | *[!0-9]*) die "fuzz: $seconds is not a number of seconds" ;; esac

status=0
fuzz "$target" "$seconds" "$@" || status=$?

if [ "$target" = canary ]; then
  [ "$status" -ne 0 ] || die "the fuzzer did not find the canary's planted fault"
  rm -rf "$artifacts"
  say "fuzz: the planted fault was found, as it must be"
elif [ "$status" -ne 0 ]; then
  newest=$(find "$artifacts" -type f -newer "$log" | head -n 1)
  say "fuzz: $target failed. To minimise the input and keep it as a regression:"
  say "  ./heaplaw regress $target '${newest:-$artifacts/...}'"
fi
[ "$target" = canary ] || exit "$status"
