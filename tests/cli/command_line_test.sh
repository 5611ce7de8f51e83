#!/bin/sh
# The command as a shell sees it: exit codes, streams, and that bad input says what is wrong with it.
# usage: command_line_test.sh /path/to/heaplaw [plain|sanitized]
here=$(cd -- "$(dirname -- "$0")" && pwd)
heaplaw=$1
. "$here/expect.sh"

"$heaplaw" table print --go 1.19 >good.go
sed 's/15.95%/15.59%/' good.go >lying.go
sed 's/_NumSizeClasses = 68/_NumSizeClasses = 67/' good.go >count.go
head -c 6000 good.go >truncated.go
: >empty.go
head -c 100000 /dev/zero >binary.go
sed 's/$/\r/' good.go >crlf.go
mkdir folder.go
cp good.go secret.go && chmod 000 secret.go

expect 0 'ok Go 1.17 - 1.20, byte for byte' "$heaplaw" table verify good.go
expect 0 'with CRLF line ends' "$heaplaw" table verify crlf.go
expect 1 'lying.go:14:' "$heaplaw" table verify lying.go
expect 1 'count.go:89:' "$heaplaw" table verify count.go
expect 2 'truncated.go:' "$heaplaw" table verify truncated.go
expect 2 'empty file' "$heaplaw" table verify empty.go
expect 2 'binary.go:1:1' "$heaplaw" table verify binary.go
expect 2 'a directory' "$heaplaw" table verify folder.go
expect 2 'no such file' "$heaplaw" table verify missing.go
# root may read everything, so there is nothing to refuse
[ "$(id -u)" -eq 0 ] || expect 2 'permission' "$heaplaw" table verify secret.go
# A line without an end, in bounded memory: the address space allowed is far below its size. Programs
# under sanitizers reserve terabytes of it at their start, so for them there is no such limit.
limit="ulimit -v 400000;"
[ "${2-}" != sanitized ] || limit=
expect 2 'found more than' sh -c "$limit head -c 1000000000 /dev/zero | tr '\0' 'a' |
  '$heaplaw' table verify -"
expect 2 'missing.go' "$heaplaw" table verify good.go missing.go lying.go
expect 1 '"consistent": false' "$heaplaw" table verify --json lying.go
expect 2 'is not a Go release' "$heaplaw" table print --go 1.x
expect 2 'newer than the newest' "$heaplaw" table print --go 1.99
expect 2 'ships no sizeclasses.go' "$heaplaw" table print --go 1.4
expect 2 'not a power of two' "$heaplaw" table print --set page_size=100
expect 2 'names no parameter' "$heaplaw" table print --set pages=1
expect 2 'BYTES' "$heaplaw" table explain 12k
expect 2 'no known experiment' "$heaplaw" table explain 8 --go 1.19 --experiment greenteagc
expect 2 '--bits' "$heaplaw" table explain 8 --bits 16
expect 2 'required' "$heaplaw"
expect 2 'required' "$heaplaw" table
expect 2 "no command 'chek'" "$heaplaw" chek
expect 0 'Example:' "$heaplaw" table explain --help
expect 0 'heaplaw' "$heaplaw" --version
expect 2 'could not write' sh -c "'$heaplaw' table print >/dev/full"

# A pipe that closes early ends the command quietly.
"$heaplaw" table print | head -n 1 >/dev/null

finish 26
