# shellcheck shell=sh
# Prints the ASAN_OPTIONS of a fuzzer: a quarantine that stays in the processor's caches, and holds a
# few histories, and no record of where memory came from, which a replay of the finding will tell. The
# user's own come last and win.
printf 'quarantine_size_mb=2:thread_local_quarantine_size_kb=256:malloc_context_size=0%s' \
  "${ASAN_OPTIONS:+:$ASAN_OPTIONS}"
