# shellcheck shell=sh disable=SC2154 # root and the functions come from the launcher
# heaplaw gallery [--seconds N] [NAME...]: plants each fault of tests/gallery in a copy of the tree,
# alone, and runs the copy's `check`, which must fail. Says what found it, after how much, and the
# smallest history that shows it. Twins, which model and oracle agree on, are for `conform` with the
# Go in PATH, or the one that GO names.
#
# Example: heaplaw gallery --seconds 60 search-past-the-block

seconds=20
[ "${1-}" != --seconds ] || {
  [ $# -ge 2 ] || die "gallery: --seconds needs a number"
  seconds=$2
  shift 2
}
command -v git >/dev/null || die "missing: git"

# Files that did not change keep their times, so that only what a fault touches is built again.
copy=$root/build/gallery
mkdir -p "$copy/build" || die "cannot write $copy"
(cd "$root" && git ls-files -z) | (cd "$root" && tar --null -cf - -T -) | tar -C "$copy" -xf - ||
  die "cannot copy the tree to $copy"

plant() { (cd "$copy" && GIT_CEILING_DIRECTORIES=$root/build git apply "$@"); }

# Of the first stage that fails: its line, what it says, and how small the history became.
show_finding() {
  awk '/ FAILS / && !found { found = 1; print "    " $0; next }
       found && /^    / && lines < 1 { lines++; print "    " $0; next }
       found && /^    [0-9,]+ operations/ { print "    " $0; exit }
       / parts from the real Go / { print "    " $0 }
       /^    shrunk against/ { print; exit }
       found && /^[^ ]/ { exit }' "$1"
}

judge() { # PATCH: with it planted
  rm -rf "$copy/build/kept"
  mkdir -p "$copy/build/kept" || die "cannot write $copy/build"
  case $1 in
    */twins/*) set -- conform --go "${GO:-go}" --traces 24 ;;
    *) set -- check --jobs 1 --seconds "$seconds" ;;
  esac
  "$copy/heaplaw" "$@" --seed 1 --keep "$copy/build/kept" \
    </dev/null >"$copy/build/verdict.txt" 2>"$copy/build/verdict.err"
}

[ $# -gt 0 ] || {
  for patch in "$root"/tests/gallery/*.patch "$root"/tests/gallery/twins/*.patch; do
    patch=${patch##*/}
    set -- "$@" "${patch%.patch}"
  done
}
faults=$# found=0
for name in "$@"; do
  patch=$root/tests/gallery/$name.patch
  [ -f "$patch" ] || patch=$root/tests/gallery/twins/$name.patch
  [ -f "$patch" ] || die "gallery: no fault is called $name; see tests/gallery"
  plant "$patch" || die "gallery: $patch no longer fits the tree"
  status=0
  judge "$patch" || status=$?
  plant -R "$patch"
  case $status in
    1)
      found=$((found + 1))
      printf '%s (%s): found\n' "$name" "$(sed -n 1p "$patch")"
      show_finding "$copy/build/verdict.txt"
      ;;
    0) printf '%s (%s): NOT FOUND\n' "$name" "$(sed -n 1p "$patch")" ;;
    *)
      cat "$copy/build/verdict.err" >&2
      die "gallery: with $name planted, the check ended with $status"
      ;;
  esac
done
printf '%d of %d planted faults found\n' "$found" "$faults"
[ "$found" -eq "$faults" ]
