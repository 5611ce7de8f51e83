#!/bin/sh
# check, replay and shrink as a shell sees them: exit codes, hostile input, interrupts.
# usage: history_commands_test.sh /path/to/heaplaw /path/to/faulty_heaplaw CORPUS [plain|sanitized]
# shellcheck disable=SC2086 # $check is many words
here=$(cd -- "$(dirname -- "$0")" && pwd)
heaplaw=$1 faulty=$2 corpus=$3
# Programs under sanitizers reserve terabytes of address space at their start, so for them there is
# no limit on it.
limit="ulimit -v 400000;"
[ "${4-}" != sanitized ] || limit=
. "$here/expect.sh"

trace() { # OPERATION...: as a file, its name on stdout
  file=$(mktemp "$scratch/trace.XXXXXX")
  printf 'heaplaw-trace 1\nrelease go1.19.8\n' >"$file"
  for operation in "$@"; do printf '%s\n' "$operation" >>"$file"; done
  echo "$file"
}

# One recording is enough to see how the command behaves.
for release in go1.19.8 go1.26.4; do
  mkdir -p "small/recordings/$release"
  ln -s "$corpus/recordings/$release/tiny-1.rec" "small/recordings/$release/"
done
ln -s "$corpus/traces" small/traces
check="check --corpus small --seed 7 --seconds"
recording=$corpus/recordings/go1.19.8/tiny-1.rec
good=$(trace 'alloc 1 100 noscan' gc 'drop 1' read-memstats)

# What is not a history, and where it goes wrong.
expect 0 'no divergence' "$heaplaw" replay "$good"
expect 0 '"holds": true' "$heaplaw" replay --json --step "$good"
expect 2 ':3:1: found ' "$heaplaw" replay "$(trace 'fly 1')"
expect 2 ':4:7: found ' "$heaplaw" replay "$(trace 'alloc 1 8 scan' 'alloc 1 8 scan')"
expect 2 ':5:6: found ' "$heaplaw" replay "$(trace 'alloc 1 8 scan' 'drop 1' 'drop 1')"
expect 2 ':3:7: found ' "$heaplaw" replay "$(trace 'alloc 18446744073709551616 8 scan')"
expect 0 '-> 0x0' "$heaplaw" replay --step "$(trace 'alloc 1 0 scan')"
expect 0 '-> out of memory' "$heaplaw" replay --step "$(trace 'alloc 1 9223372036854775808 scan')"
expect 0 '-> out of memory' "$heaplaw" replay --step "$(trace 'alloc 1 18446744073709551615 scan')"
expect 2 'proves nothing' "$heaplaw" replay "$(trace)"
expect 2 'an empty file' "$heaplaw" replay /dev/null
expect 2 'no such file' "$heaplaw" replay missing
expect 2 'a directory' "$heaplaw" replay .
expect 2 'the header' "$heaplaw" replay "$here/expect.sh"
expect 2 'required' "$heaplaw" replay

# Recordings.
expect 0 '1,373 addresses' "$heaplaw" replay "$recording"
head -c 30000 "$recording" >cut.rec
expect 2 'truncated' "$heaplaw" replay cut.rec
sed 's/^runtime go1.19.8/runtime go1.4.3/' "$recording" >old.rec
expect 2 'one of a release whose heap is modelled: go1.19.7' "$heaplaw" replay old.rec
expect 2 'a release whose heap is modelled' "$heaplaw" $check 0 --world-length 1 old.rec
expect 2 'nothing can be cut' "$heaplaw" shrink "$recording" -o out.trace

# Histories longer than memory: a stream is judged as it comes, a comment of any length is skipped.
expect 0 '1,000,000 operations' sh -c "$limit (printf 'heaplaw-trace 1\nrelease go1.19.8\n'
  yes 'alloc 1 8 noscan
drop 1' | head -n 1000000) | '$heaplaw' replay -"
expect 2 'nothing but comments' sh -c "$limit head -c 300000000 /dev/zero | tr '\0' '#' | '$heaplaw' replay -"
expect 2 'the header' sh -c "$limit yes '# nothing' | head -c 300000000 | '$heaplaw' replay -"
expect 2 'more than' sh -c "$limit head -c 300000000 /dev/zero | '$heaplaw' replay -"
expect 2 'more than' sh -c "$limit head -c 300000000 /dev/zero | '$heaplaw' shrink - -o out.trace"

# Where a result cannot go.
echo precious >precious
expect 2 'nothing is written over' "$heaplaw" shrink "$good" -o precious
that 'a file was written over' grep -q precious precious
expect 2 'no folder' "$heaplaw" shrink "$good" -o none/out.trace
expect 1 'nothing to shrink' "$heaplaw" shrink "$good" -o out.trace
that 'a file without a result' [ ! -e out.trace ]
# root may write everywhere, so there is nothing to refuse
if [ "$(id -u)" -ne 0 ]; then
  mkdir closed && chmod 500 closed
  expect 2 'closed/out.trace' "$heaplaw" shrink "$good" -o closed/out.trace
fi

# A model with a fault: found, shrunk, kept, and not lost by an interrupt.
expect 1 'address is' "$faulty" replay "$(trace gc 'alloc 1 48 noscan')"
expect 0 'to 2 operations' "$faulty" shrink \
  "$(trace 'alloc 1 8 scan' gc 'drop 1' 'alloc 2 48 noscan' gc)" -o small.trace
that 'the result does not fail' sh -c "'$faulty' replay small.trace; [ \$? -eq 1 ]"
expect 0 'everything holds' "$heaplaw" $check 0 --world-length 2 "$good"
expect 1 'kept as' "$faulty" --size 8192 $check 0 --world-length 3
that 'no counterexample was kept' sh -c 'ls heaplaw-*.trace'

"$faulty" generate 3000 >long.trace
expect 0 '"interrupted": true' "$faulty" --json --interrupt-at 20 \
  shrink long.trace -o interrupted.trace --seconds 600
expect 1 'address is' "$faulty" replay interrupted.trace
expect 1 'seed 7, interrupted: something FAILS' "$faulty" --size 16 --interrupt-at 1000 \
  $check 600 --world-length 12
that 'a failure found before the interrupt is lost' grep -q 'rec: operation' out

interrupt 3 "$heaplaw" $check 600 --world-length 12
that 'an interrupted check' [ "$status" -eq 0 ]
that 'an interrupted check that says so' grep -q 'seed 7, interrupted: nothing failed so far' out
finish 42
