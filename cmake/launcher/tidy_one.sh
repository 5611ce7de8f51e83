#!/bin/sh
# tidy_one.sh CLANG_TIDY BUILD_FOLDER SOURCE: quiet unless something is wrong with SOURCE.
grep -qF "/$3\"" "$2/compile_commands.json" || exit 0
output=$("$1" --quiet -p "$2" "$3" 2>&1) && exit 0
printf '%s\n' "$output" | grep -v -e ' warnings generated' -e '^Suppressed ' -e '^Use -header-filter'
exit 1
