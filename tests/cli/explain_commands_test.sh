#!/bin/sh
# explain and top as a shell sees them: exit codes, streams, bad input, and that nothing is overwritten.
# usage: explain_commands_test.sh /path/to/heaplaw CORPUS [plain|sanitized]
here=$(cd -- "$(dirname -- "$0")" && pwd)
heaplaw=$1 corpus=$2
# Programs under sanitizers reserve terabytes of address space at their start, so for them there is
# no limit on it.
limit="ulimit -v 400000;"
[ "${3-}" != sanitized ] || limit=
. "$here/expect.sh"

sequence=$corpus/dumps/go1.19.8/17-memstats-seq.jsonl
profile=$corpus/dumps/go1.19.8/27-heap-rate64k.txt
wrapped=$corpus/dumps/other-releases/go1.16.15-386.jsonl
incident=$corpus/articles/eight-cores.txt

expect 0 'idle, not returned' "$heaplaw" explain "$sequence"
expect 0 'snapshot 2' "$heaplaw" explain "$sequence" --snapshot 2
expect 0 'snapshot 1' sh -c "'$heaplaw' explain --all - <'$sequence'"
expect 0 '<stdin>:7' sh -c "'$heaplaw' explain - <'$sequence'"
expect 0 '"consistent": true' "$heaplaw" explain --json "$sequence"
expect 0 '11,676,631,040' "$heaplaw" explain "$incident" --rss 12.8GiB --release 1.17
expect 0 'go-holds-it' "$heaplaw" explain "$incident" --rss 12.8GiB --release 1.17
expect 1 'figures-contradict' "$heaplaw" explain "$wrapped" --snapshot 3
expect 0 'gc-off' "$heaplaw" explain "$corpus/dumps/go1.19.8/19-memstats-gogc-off.jsonl" --snapshot 2
expect 2 'found 7 snapshots' "$heaplaw" explain "$sequence" --snapshot 8
expect 2 '--rss: found' "$heaplaw" explain "$sequence" --rss 12GB
expect 2 '--gogc: found' "$heaplaw" explain "$sequence" --gogc often
expect 2 'those of Go 1.4' "$heaplaw" explain "$sequence" --release 1.4
expect 2 'no such file' "$heaplaw" explain missing
expect 2 "no figures of Go's memory" sh -c "echo hello | '$heaplaw' explain -"
expect 2 "no figures of Go's memory" "$heaplaw" explain /dev/null
expect 2 'required' "$heaplaw" explain
expect 0 'Example:' "$heaplaw" explain --help
expect 2 'a longer line' sh -c "$limit head -c 1000000000 /dev/zero | tr '\0' 'a' |
  '$heaplaw' explain -"

# Pictures go into new files; what is there stays as it is.
expect 0 'idle' "$heaplaw" explain "$sequence" --svg new.svg --html new.html
that 'the SVG is whole' grep -q '^</svg>$' new.svg
that 'the page is whole' grep -q '^</body></html>$' new.html
echo mine >old.svg
expect 2 'nothing is written over' "$heaplaw" explain "$sequence" --svg old.svg
that 'the old file is as it was' [ "$(cat old.svg)" = mine ]
expect 2 'expected' "$heaplaw" explain "$sequence" --html nowhere/new.html
that 'no draft stays' [ "$(find . -name '.heaplaw-*' | wc -l)" -eq 0 ]

expect 0 'main.' "$heaplaw" top "$profile"
expect 0 'inuse_space' sh -c "'$heaplaw' top - <'$profile'"
expect 0 'alloc_objects' "$heaplaw" top --alloc-objects --cum --count 3 "$profile"
expect 0 '"measure": "alloc_space"' "$heaplaw" top --json --alloc-space "$profile"
expect 2 'at most 1' "$heaplaw" top --inuse-space --alloc-space "$profile"
expect 2 '--count: found' "$heaplaw" top --count few "$profile"
expect 2 'no such file' "$heaplaw" top missing
expect 2 'missing:' "$heaplaw" top missing
expect 2 'a gzipped profile' sh -c "gzip -c '$profile' | '$heaplaw' top -"
expect 2 'expected' "$heaplaw" top "$sequence"
expect 2 'expected' "$heaplaw" top /dev/null
expect 2 'expected' sh -c "head -n 5 '$profile' | head -c -3 | '$heaplaw' top -"
expect 2 'a longer line' sh -c "$limit head -c 1000000000 /dev/zero | tr '\0' 'a' | '$heaplaw' top -"
expect 0 'Example:' "$heaplaw" top --help

finish 38
