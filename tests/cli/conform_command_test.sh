#!/bin/sh
# heaplaw conform as a shell sees it, and that a Go which is none, too old, broken or dies, a full disk
# or a closed folder leave a clear error and nothing else behind.
# usage: conform_command_test.sh /path/to/heaplaw
set -u
heaplaw=$1
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
cd "$scratch" || exit 1
failures=0
checked=0
skipped=
# All temporary files of the command; must be empty whenever it has ended.
mkdir temporary
TMPDIR=$scratch/temporary
export TMPDIR

fail() {
  echo "FAILED: $*"
  failures=$((failures + 1))
}
nothing_left() {
  [ -z "$(ls -A "$TMPDIR")" ] || fail "$*: left behind: $(ls -A "$TMPDIR")"
}
# expect STATUS TEXT COMMAND...: the exit status, a text on standard error, and nothing left behind
expect() {
  want_status=$1 want_text=$2
  shift 2
  "$@" >out 2>err </dev/null
  status=$?
  checked=$((checked + 1))
  if [ "$status" -ne "$want_status" ] || ! grep -qF -- "$want_text" err; then
    fail "$*: exit $status, wanted $want_status and '$want_text', got:"
    head -c 2000 out err
  fi
  nothing_left "$*"
}
# fake NAME VERSION SCRIPT: a GOROOT whose go says this version and otherwise runs the script
fake() {
  mkdir -p "$1/bin"
  printf '#!/bin/sh\nif [ "$1" = version ]; then echo go version %s linux/amd64; exit; fi\n%s\n' \
    "$2" "$3" >"$1/bin/go"
  chmod +x "$1/bin/go"
}

fake old go1.3.3 'exit 1'
fake unmodelled go1.13.15 'exit 1'
fake broken go1.19.8 'mkdir -p "$TMPDIR/go-build1"; echo "# command-line-arguments" >&2; exit 1'
fake killed go1.19.8 'mkdir -p "$TMPDIR/go-build2"; kill -9 $$'
fake slow go1.19.8 'mkdir -p "$TMPDIR/go-build3"; exec sleep 1000'
fake dying go1.19.8 'printf "#!/bin/sh\nkill -11 \$\$\n" >"$3"; chmod +x "$3"'
fake lying go1.19.8 'printf "#!/bin/sh\necho heaplaw-recording 1\n" >"$3"; chmod +x "$3"'

expect 2 'no such file' "$heaplaw" conform --go /nonexistent/go
expect 2 'no such command in PATH' "$heaplaw" conform --go no-such-go
expect 2 'not a Go' "$heaplaw" conform --go /bin/true
expect 2 'a folder without bin/go' "$heaplaw" conform --go "$scratch"
expect 2 'too old' "$heaplaw" conform --go old
expect 2 'nothing to compare it with' "$heaplaw" conform --go unmodelled
expect 2 'building the recorder failed: exit status 1' "$heaplaw" conform --go broken
expect 2 'building the recorder failed: killed by signal 9' "$heaplaw" conform --go killed
expect 2 'the recorder failed: killed by signal 11' "$heaplaw" conform --go dying
expect 2 'no recording: recorder:2:1' "$heaplaw" conform --go lying
expect 2 '--go is required' "$heaplaw" conform
expect 2 '--traces' "$heaplaw" conform --go broken --traces 0
expect 2 "--seed" "$heaplaw" conform --go broken --seed x
expect 2 'Not a directory' sh -c "touch file && '$heaplaw' conform --go broken --keep file"

# No permission: root is refused nothing, so it becomes nobody where it can.
chmod 755 "$scratch"
mkdir closed
chmod 555 closed
if [ "$(id -u)" -ne 0 ]; then
  as_nobody=
elif setpriv --reuid 65534 --clear-groups test -x "$heaplaw" 2>/dev/null; then
  as_nobody='setpriv --reuid 65534 --clear-groups'
else
  as_nobody=skip
fi
if [ "$as_nobody" = skip ]; then
  skipped="$skipped permissions (root, and nobody may not run the command);"
else
  # shellcheck disable=SC2086  # a command of several words, or of none
  expect 2 'Permission denied' $as_nobody env TMPDIR="$scratch/closed" "$heaplaw" conform --go broken
  # shellcheck disable=SC2086
  expect 2 'Permission denied' $as_nobody env TMPDIR=/tmp "$heaplaw" conform --go broken --keep closed/kept
fi

# Disk full: a file system of 16 KiB, which is smaller than the recorder's source.
if unshare -rm true 2>/dev/null; then
  mkdir small
  # shellcheck disable=SC2016  # expanded by the inner shell
  expect 2 'could not write all of it' unshare -rm sh -c '
    mount -t tmpfs -o size=16k none small && TMPDIR=$PWD/small "$1" conform --go broken
    status=$?; ls -A small >left; exit $status' sh "$heaplaw"
  [ ! -s left ] || fail "on a full disk: left behind: $(cat left)"
else
  skipped="$skipped a full disk (no mount namespaces here);"
fi

# An interrupt while the toolchain works ends both and leaves nothing.
for signal in INT TERM; do
  "$heaplaw" conform --go slow >out 2>err &
  pid=$!
  tries=0
  while [ -z "$(find "$TMPDIR" -name go-build3)" ] && [ $tries -lt 100 ]; do
    sleep 0.1
    tries=$((tries + 1))
  done
  kill -$signal $pid
  wait $pid
  status=$?
  checked=$((checked + 1))
  [ $status -eq 2 ] && grep -q interrupted err || fail "SIG$signal: exit $status: $(cat err)"
  nothing_left "SIG$signal"
done

[ -z "$skipped" ] || echo "not checked:$skipped"
echo "$checked checked, $failures failed"
[ "$failures" -eq 0 ] && [ "$checked" -ge 16 ]
