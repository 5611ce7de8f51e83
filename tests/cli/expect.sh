# shellcheck shell=sh
# For tests of the command as a shell sees it: to be sourced; leaves a scratch folder, and at the end
# of the script `finish AT_LEAST` says how many checks there were.
set -u
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
cd "$scratch" || exit 1
failures=0
checked=0

fail() { # WHAT...: with what was printed
  echo "FAILED: $*"
  head -c 2000 out err
  failures=$((failures + 1))
}

# expect STATUS TEXT COMMAND...: the exit status, and a text that stdout or stderr must contain
expect() {
  want_status=$1 want_text=$2
  shift 2
  "$@" >out 2>err </dev/null
  status=$?
  checked=$((checked + 1))
  if [ "$status" -ne "$want_status" ] || ! cat out err | grep -qF -- "$want_text"; then
    fail "$* : exit $status, wanted $want_status and '$want_text', got:"
  fi
}

# that WHAT CONDITION...: of a check that is no call of the command
that() {
  what=$1
  shift
  checked=$((checked + 1))
  "$@" || fail "$what"
}

# interrupt AFTER COMMAND...: leaves its exit status in $status
interrupt() {
  after=$1
  shift
  "$@" >out 2>err </dev/null &
  pid=$!
  sleep "$after"
  kill -INT $pid
  wait $pid
  status=$?
}

finish() {
  echo "$checked checked, $failures failed"
  [ "$failures" -eq 0 ] && [ "$checked" -ge "$1" ]
}
