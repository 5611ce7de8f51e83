# shellcheck shell=sh disable=SC2154 # root and the functions come from the launcher
# Configures and builds a preset quietly: nothing on stdout, a line on stderr when it takes long,
# the log in build/PRESET.log.

watcher=
stop_watcher() {
  [ -n "$watcher" ] || return 0
  kill "$watcher" 2>/dev/null || :
  wait "$watcher" 2>/dev/null || :
  watcher=
  [ ! -t 2 ] || printf '\r\033[K' >&2
}
trap stop_watcher EXIT
# The tools got the interrupt too; Ninja deletes what it had half written.
trap 'exit 130' INT
trap 'exit 143' TERM

# Keeps no pipe of the caller open when the watcher is killed and its sleep lives on.
pause() { sleep "$1" >/dev/null 2>&1; }

# Nothing for two seconds; then a line, which a terminal sees counting.
watch_log() { # WHAT
  pause 2
  [ -t 2 ] || say "$1 (log: $log)"
  while [ -t 2 ]; do
    step=$(sed -n 's/^\(\[[0-9]*\/[0-9]*\]\).*/\1/p' "$log" | tail -n 1)
    printf '\r\033[Kheaplaw: %s %s' "$1" "$step" >&2
    pause 1
  done
}

quietly() { # WHAT COMMAND...
  what=$1
  shift
  watch_log "$what" 9>&- >/dev/null &
  watcher=$!
  status=0
  "$@" </dev/null >>"$log" 2>&1 || status=$?
  stop_watcher
  return "$status"
}

show_log() {
  tail -n 40 "$log" >&2
  say "the whole log: $log"
}

# One call at a time touches build/; the lock goes with the process that holds it.
lock() {
  command -v flock >/dev/null || return 0
  exec 9>"$root/build/.lock"
  flock -n 9 || {
    say "waiting for another heaplaw that is building"
    flock 9
  }
}
open_log() {
  mkdir -p "$root/build" 2>/dev/null || :
  [ -w "$root/build" ] || die "cannot write $root/build"
  lock
  : >"$log"
}
unlock() { exec 9>&-; }

explain_configure() { # PRESET
  show_log
  if grep -q -e 'is different than the directory' -e 'does not match the source' "$log"; then
    die "$dir was made from another folder; remove it and call again"
  elif [ -n "${CXX-}" ] && grep -q 'is not able to compile' "$log"; then
    die "$CXX (from CXX) does not work as a C++ compiler here"
  elif [ -n "$install_hint" ]; then
    die "libraries are missing and this user cannot install them; run: $install_hint"
  else
    die "configuring failed; needed: $(needs_in_words "$1")"
  fi
}

# What a configured folder depends on beside the CMake files, which Ninja watches.
configuration() { # PRESET
  printf '%s|%s|%s|%s' "$root" "${CXX-}" "$(command -v ccache || :)" \
    "$(cat "$root/CMakePresets.json" "$root/cmake/launcher/provide.sh" | cksum)"
}

configure() { # PRESET
  wanted=$(configuration "$1")
  had=$(cat "$dir/.configured" 2>/dev/null || :)
  [ "$wanted" != "$had" ] || return 0
  provide "$1"
  set -- "$1" -S "$root" --preset "$1"
  case $1 in
    asan | tsan | fuzz) set -- "$@" "-DCMAKE_CXX_COMPILER=$(clang_compiler)" ;;
  esac
  if command -v ccache >/dev/null; then
    set -- "$@" -DCMAKE_CXX_COMPILER_LAUNCHER=ccache
  else
    set -- "$@" -UCMAKE_CXX_COMPILER_LAUNCHER
  fi
  if [ -n "$had" ] && [ "${had%|*|*}" != "${wanted%|*|*}" ]; then
    say "$dir was made from another folder or by another compiler; making it again"
    set -- "$@" --fresh
  fi
  preset=$1
  shift
  rm -f "$dir/.configured"
  quietly "configuring $preset" cmake "$@" || explain_configure "$preset"
  printf '%s' "$wanted" >"$dir/.configured"
}

build() { # PRESET [TARGET...]
  dir=$root/build/$1 log=$root/build/$1.log
  open_log
  configure "$1"
  preset=$1
  shift
  [ $# -eq 0 ] || set -- --target "$@"
  quietly "building $preset" cmake --build "$dir" "$@" || {
    # A package may have gone since; the next call looks again.
    [ -z "$(missing_tools "$preset")$(missing_libraries "$preset")" ] || rm -f "$dir/.configured"
    ! grep -q '^CMake Error' "$log" || rm -f "$dir/.configured"
    show_log
    die "building $preset failed"
  }
  unlock
}
