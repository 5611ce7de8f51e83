#!/bin/sh
# The race against Go's own generator: how long one sizeclasses.go takes to come out of each, as a
# whole process, in one run. Compiling is left out on both sides.
# usage: bench/generator_race.sh [GO]     GO: a go command, of a release from 1.9 on
set -eu
go=${1:-go}
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
command -v "$go" >/dev/null || {
  echo "generator_race: no '$go' here; name a go command" >&2
  exit 2
}
goroot=$("$go" env GOROOT)
release=$("$go" version | cut -d ' ' -f 3)
runs=50
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

if [ -d "$goroot/src/runtime/_mkmalloc" ]; then
  # From 1.26 on the generator has no main program of its own; this one stands in for it.
  cp "$goroot/src/runtime/_mkmalloc/mksizeclasses.go" \
    "$goroot/src/runtime/_mkmalloc/constants.go" "$scratch/"
  cat >"$scratch/main.go" <<'GO'
package main

import (
	"go/format"
	"os"
)

func main() {
	text, err := format.Source(generateSizeClasses(makeClasses()))
	if err != nil {
		panic(err)
	}
	os.Stdout.Write(text)
}
GO
  arguments=
else
  cp "$goroot/src/runtime/mksizeclasses.go" "$scratch/"
  arguments=-stdout
fi
(cd "$scratch" && GOFLAGS='' GO111MODULE=off "$go" build -o generator ./*.go)

"$root/heaplaw" table print --go "$release" >"$scratch/ours.go"
"$scratch/generator" $arguments >"$scratch/theirs.go"
if cmp -s "$scratch/ours.go" "$scratch/theirs.go"; then same=yes; else same=no; fi

milliseconds() { # COMMAND...: per run, over all runs
  begun=$(date +%s%N)
  i=0
  while [ "$i" -lt "$runs" ]; do
    "$@" >/dev/null
    i=$((i + 1))
  done
  echo "$(($(date +%s%N) - begun)) $runs" | awk '{ printf "%.2f", $1 / $2 / 1e6 }'
}
heaplaw=$root/build/release/cli/heaplaw
# shellcheck disable=SC2086  # no argument, or one
theirs=$(milliseconds "$scratch/generator" $arguments)
ours=$(milliseconds "$heaplaw" table print --go "$release")
echo "$release: Go's generator $theirs ms, heaplaw $ours ms a file ($runs runs each); same bytes: $same"
