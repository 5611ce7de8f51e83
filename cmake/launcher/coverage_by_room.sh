#!/bin/sh
# coverage_by_room.sh ROOT: lines run by the tests, room by room, from the coverage build's counts.
set -eu
cd -- "$1"
# A template that is compiled into many tests counts once, with all their runs.
gcovr --root . --object-directory build/coverage --exclude-throw-branches \
  --exclude 'tests/' --exclude 'properties/' --exclude 'fuzz/' --exclude 'build/coverage/tests/' \
  --csv 2>build/coverage.gcovr.log |
  awk -F, '
    NR == 1 { for (i = 1; i <= NF; i++) column[$i] = i; next }
    {
      split($column["filename"], path, "/")
      # Headers are compiled through build/coverage/views/ROOM/ROOM.
      room = path[1] == "build" ? path[4] : path[1]
      lines[room] += $column["line_total"]
      run[room] += $column["line_covered"]
    }
    END {
      printf "%-12s %8s %8s %8s\n", "room", "lines", "run", "share"
      for (room in lines)
        printf "%-12s %8d %8d %7.1f%%\n", room, lines[room], run[room], 100 * run[room] / lines[room] | "sort"
    }'
