#!/bin/sh
# A program of the Go that is installed here prints its own dumps, in every format that its release
# knows, and the audit finds nothing wrong with them.
# usage: own_dumps_test.sh /path/to/heaplaw; skipped (77) where there is no Go from 1.16 on
here=$(cd -- "$(dirname -- "$0")" && pwd)
heaplaw=$1
. "$here/expect.sh"

# spans LINE FORM: whether the releases that the audit names for the form include 1.LINE
spans() {
  sed -n "s|^[^:]*: $2: .* figures; Go 1\\.||p" out | awk -v line="$1" '
    { first = $1 + 0; last = NF == 1 ? first : NF == 2 ? line : substr($3, 3) + 0
      holds = first <= line + 0 && line + 0 <= last + 0 }
    END { exit !holds }'
}

# Go keeps what it builds, and wants to know where.
[ -n "${HOME-}" ] || export GOCACHE="$scratch/cache"
found=0
seen=
for go in "$(command -v go)" /usr/local/go/bin/go /usr/lib/go-1.*/bin/go; do
  [ -x "$go" ] || continue
  release=$("$go" env GOVERSION) # go1.19.8
  line=${release#go1.}
  line=${line%%[!0-9]*}
  case $seen in *" $release "*) continue ;; esac
  seen="$seen $release "
  if [ -z "$line" ] || [ "$line" -lt 16 ]; then
    echo "left out: $go is $release, and the program needs runtime/metrics"
    continue
  fi
  cp "$here/own_dumps.go" .
  GOFLAGS='' GO111MODULE=off GOTOOLCHAIN=local "$go" build -o own_dumps own_dumps.go || {
    fail "$go does not build the program"
    continue
  }
  found=$((found + 1))
  echo "$go: $release"

  # FORM FORMAT: what the audit must call it, and the program's word for it
  while read -r format form; do
    ./own_dumps "$format" >"$release-$format"
    expect 0 "$form: " "$heaplaw" audit "$release-$format"
    that "$release: $format lines are left out" sh -c '! grep -q "left out" out'
    that "$release: $format is of another release" spans "$line" "$form"
  done <<END
heap-profile heap profile
heap-profile heap profile records
v %v
plus-v %+v
sharp-v %#v
json JSON
expvar expvar
metrics runtime/metrics
END
  GODEBUG=gctrace=1,scavtrace=1 ./own_dumps trace 2>"$release-trace"
  expect 0 'gctrace: ' "$heaplaw" audit "$release-trace"
  that "$release: gctrace of another release" spans "$line" gctrace
  that "$release: scavtrace of another release" spans "$line" scavtrace
  that "$release: lines of a trace are left out" sh -c '! grep -q "left out" out'
done

if [ "$found" -eq 0 ] && [ "$failures" -eq 0 ]; then
  echo "no Go from 1.16 on is installed here"
  exit 77
fi
finish $((27 * found))
