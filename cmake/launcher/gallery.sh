# shellcheck shell=sh disable=SC2154 # root and the functions come from the launcher
# heaplaw gallery [--seconds N] [NAME...]: plants each fault of tests/gallery in a copy of the tree,
# alone, and runs the copy's `check`, which must fail, and must not where nothing is planted. Says
# what found it, after how much, and the smallest history that shows it. Twins, which model and
# oracle agree on, are for `conform` with the Go in PATH, or the one that GO names.
#
# Example: heaplaw gallery --seconds 60 search-past-the-block

seconds=20
[ "${1-}" != --seconds ] || {
  [ $# -ge 2 ] || die "gallery: --seconds needs a number"
  seconds=$2
  shift 2
}
command -v git >/dev/null || die "missing: git"

# Files that are as they were keep their times, so that only what a fault touches is built again.
# All others get new ones: also those that a run left planted when it was killed.
copy=$root/build/gallery
mkdir -p "$copy/build" || die "cannot write $copy"
# shellcheck disable=SC2016 # the inner shell expands it
(cd "$root" && git ls-files -z | xargs -0 sh -c '
  copy=$1
  shift
  for file; do
    cmp -s "$file" "$copy/$file" || cp --parents "$file" "$copy" || exit 255
  done' sh "$copy") || die "cannot copy the tree to $copy"

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

judge() { # check or conform: of the copy as it is now
  rm -rf "$copy/build/kept"
  mkdir -p "$copy/build/kept" || die "cannot write $copy/build"
  case $1 in
    conform) set -- conform --go "${GO:-go}" --traces 24 ;;
    check) set -- check --jobs 1 --seconds "$seconds" ;;
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
# Without a fault nothing may be found, or it would be found again with each.
control() { # check or conform
  status=0
  judge "$1" || status=$?
  [ "$status" -eq 0 ] || {
    cat "$copy/build/verdict.txt" "$copy/build/verdict.err" >&2
    die "gallery: with nothing planted, the check ended with $status"
  }
}

faults=$# found=0 controlled=
for name in "$@"; do
  patch=$root/tests/gallery/$name.patch
  [ -f "$patch" ] || patch=$root/tests/gallery/twins/$name.patch
  [ -f "$patch" ] || die "gallery: no fault is called $name; see tests/gallery"
  finder=check
  case $patch in */twins/*) finder=conform ;; esac
  case $controlled in
    *"$finder"*) ;;
    *)
      control "$finder"
      controlled="$controlled $finder"
      printf 'with nothing planted: %s finds nothing\n' "$finder"
      ;;
  esac
  plant "$patch" || die "gallery: $patch no longer fits the tree"
  status=0
  judge "$finder" || status=$?
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
