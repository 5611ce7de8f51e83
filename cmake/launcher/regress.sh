# shellcheck shell=sh disable=SC2154 # root and the functions come from the launcher
# heaplaw regress [--as-is] TARGET FILE: minimises an input that makes TARGET fail and keeps it in
# corpus/regressions/TARGET, named after its content. --as-is keeps a file that fails no more.
#
# For `heap`, FILE may be a history in any form. It is shrunk by `heaplaw shrink`, under the sanitizers
# and checks that the fuzz target has, and kept as text in corpus/regressions/histories.
#
# Example: heaplaw regress trace_text crash-0123

as_is=
if [ "${1-}" = --as-is ]; then
  as_is=yes
  shift
fi
[ $# -eq 2 ] || die "usage: ./heaplaw regress [--as-is] TARGET FILE"
target=$1 file=$2
[ "$target" = heap ] || [ -f "$root/fuzz/$target.cc" ] ||
  die "no fuzz target $target; ./heaplaw fuzz lists them"
if ! [ -f "$file" ] || ! [ -r "$file" ]; then
  die "cannot read $file"
fi

mkdir -p "$root/build/fuzz"
smallest=$root/build/fuzz/smallest.$$
trap 'stop_watcher; rm -f "$smallest" "$smallest.new"' EXIT

# keep FOLDER SUFFIX: $smallest, under a name made from its content; nothing is ever written over.
keep() {
  name=$(sha256sum "$smallest" | cut -c 1-16)$2
  kept=$root/corpus/regressions/$1
  if [ -e "$kept/$name" ]; then
    say "already there: corpus/regressions/$1/$name"
    exit 0
  fi
  mkdir -p "$kept"
  cp -- "$smallest" "$kept/.$name.$$"
  # A link that exists is an error.
  ln -- "$kept/.$name.$$" "$kept/$name" || die "could not create $kept/$name"
  rm -f "$kept/.$name.$$"
  printf '%s\n' "corpus/regressions/$1/$name"
  say "replayed from now on by: ./heaplaw test"
  exit 0
}

is_text_history() { head -c 65536 "$1" | grep -aqE '^[[:space:]]*heaplaw-trace 1'; }

if [ "$target" = heap ] && [ -z "$as_is" ]; then
  build fuzz heaplaw
  status=0
  "$root/build/fuzz/cli/heaplaw" shrink "$file" -o "$smallest" >&2 || status=$?
  case $status in
    0) keep histories .trace ;;
    1) die "$file does not fail; to keep it all the same: ./heaplaw regress --as-is ..." ;;
    *) exit "$status" ;;
  esac
fi

cp -- "$file" "$smallest"
[ "$target" != heap ] || ! is_text_history "$file" || keep histories .trace

if [ -z "$as_is" ]; then
  build fuzz "${target}_fuzz"
  fuzzer=$root/build/fuzz/fuzz/${target}_fuzz
  ! "$fuzzer" "$smallest" >"$log" 2>&1 ||
    die "$target does not fail on $file; to keep it all the same: ./heaplaw regress --as-is ..."
  say "minimising $file (15 seconds a step, until nothing gets smaller)"
  # Leaves the smallest failing input, or nothing when the given one cannot be made smaller.
  "$fuzzer" -minimize_crash=1 -max_total_time=15 -exact_artifact_path="$smallest.new" \
    "$smallest" >>"$log" 2>&1 || :
  if [ -s "$smallest.new" ] && ! "$fuzzer" "$smallest.new" >>"$log" 2>&1; then
    mv -- "$smallest.new" "$smallest"
  fi
  rm -f "$smallest.new"
fi

keep "$target" ""
