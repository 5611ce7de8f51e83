# shellcheck shell=sh disable=SC2154 # root and the functions come from the launcher
# heaplaw regress [--as-is] TARGET FILE: minimises an input that makes TARGET fail and keeps it in
# corpus/regressions/TARGET, named after its content. --as-is keeps a file that fails no more.

as_is=
if [ "${1-}" = --as-is ]; then
  as_is=yes
  shift
fi
[ $# -eq 2 ] || die "usage: ./heaplaw regress [--as-is] TARGET FILE"
target=$1 file=$2
[ -f "$root/fuzz/$target.cc" ] || die "no fuzz target $target; ./heaplaw fuzz lists them"
if ! [ -f "$file" ] || ! [ -r "$file" ]; then
  die "cannot read $file"
fi

kept=$root/corpus/regressions/$target
smallest=$root/build/fuzz/smallest.$$
mkdir -p "$root/build/fuzz"
trap 'stop_watcher; rm -f "$smallest"' EXIT
cp -- "$file" "$smallest"

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

name=$(sha256sum "$smallest" | cut -c 1-16)
if [ -e "$kept/$name" ]; then
  say "already there: corpus/regressions/$target/$name"
  exit 0
fi
mkdir -p "$kept"
# A link that exists is an error, so that nothing is ever written over.
cp -- "$smallest" "$kept/.$name.$$"
ln -- "$kept/.$name.$$" "$kept/$name" || die "could not create $kept/$name"
rm -f "$kept/.$name.$$"
printf '%s\n' "corpus/regressions/$target/$name"
say "replayed from now on by: ./heaplaw test"
