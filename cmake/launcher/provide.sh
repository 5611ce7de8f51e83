# shellcheck shell=sh
# What each preset needs, whether it is here, and how to get it.

# The clang presets take CXX only where it names a clang.
clang_compiler() {
  case ${CXX-} in
    *clang*) printf '%s' "$CXX" ;;
    *) printf 'clang++' ;;
  esac
}

# First of the names that can be run; Debian's versioned binaries are welcome as well.
first_tool() {
  for tool in "$@"; do
    command -v "$tool" && return 0
  done
  return 1
}
# 14 first: other versions of clang-format disagree about layout, of clang-tidy about checks.
clang_format() { first_tool clang-format-14 clang-format; }
clang_tidy() { first_tool clang-tidy-14 clang-tidy; }

need_tool() { # TOOL PACKAGE
  command -v "$1" >/dev/null || printf '%s ' "$2"
}
need_header() { # HEADER PACKAGE
  [ -e "/usr/include/$1" ] || [ -e "/usr/local/include/$1" ] || printf '%s ' "$2"
}
need_clang_runtime() {
  # Split from clang on Debian, and only recommended by it.
  command -v "$(clang_compiler)" >/dev/null &&
    ls "$("$(clang_compiler)" -print-resource-dir)"/lib/*/libclang_rt.fuzzer* >/dev/null 2>&1 ||
    printf 'libclang-rt-dev '
}

# Of the compiler that CXX names: clang++-16 comes with clang-16. Nothing for unknown ones.
compiler_package() {
  case ${CXX:-c++} in
    c++) printf 'g++' ;;
    g++ | g++-[0-9]*) printf '%s' "$CXX" ;;
    clang++ | clang++-[0-9]*) printf 'clang%s' "${CXX#clang++}" ;;
  esac
}

missing_tools() { # PRESET
  need_tool cmake cmake
  need_tool ninja ninja-build
  case $1 in
    asan | tsan | fuzz)
      need_tool g++ g++ # clang borrows its standard library
      need_tool "$(clang_compiler)" clang
      need_clang_runtime
      ;;
    *) need_tool "${CXX:-c++}" "$(compiler_package)" ;;
  esac
  case $1 in
    asan | tsan | fuzz) need_tool llvm-symbolizer llvm ;;
    coverage) need_tool gcovr gcovr ;;
    lint)
      need_tool git git
      clang_format >/dev/null || printf 'clang-format '
      clang_tidy >/dev/null || printf 'clang-tidy '
      ;;
  esac
}

missing_libraries() { # PRESET
  need_header fmt/core.h libfmt-dev
  need_header CLI/CLI.hpp libcli11-dev
  need_header nlohmann/json.hpp nlohmann-json3-dev
  need_header openssl/evp.h libssl-dev
  case $1 in
    dev | asan | tsan | coverage | lint)
      need_header gtest/gtest.h libgtest-dev
      need_header gmock/gmock.h libgmock-dev
      need_header rapidcheck.h librapidcheck-dev
      ;;
    bench) need_header benchmark/benchmark.h libbenchmark-dev ;;
  esac
}

needs_in_words() { # PRESET
  printf 'a C++20 compiler (g++ 12, clang 14 or newer), CMake 3.25, Ninja, fmt, CLI11, nlohmann-json, OpenSSL'
  case $1 in
    dev | asan | tsan | coverage | lint) printf ', GoogleTest with gMock, RapidCheck' ;;
    bench) printf ', Google Benchmark' ;;
  esac
  case $1 in
    asan | tsan | fuzz) printf ', clang with its compiler-rt, llvm-symbolizer' ;;
    coverage) printf ', gcovr' ;;
    lint) printf ', git, clang-format and clang-tidy (14)' ;;
  esac
}

# The prefix that makes a command root's; fails where that needs a password.
as_root() {
  [ "$(id -u)" -eq 0 ] && return 0
  sudo -n true 2>/dev/null && printf 'sudo -n'
}

apt_install() { # PACKAGE...
  # shellcheck disable=SC2046  # as_root prints words
  set -- $(as_root) env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y --no-install-recommends -o DPkg::Lock::Timeout=300 "$@"
  quietly "installing packages" "$@" && return 0
  # No package lists yet, or stale ones.
  # shellcheck disable=SC2046
  quietly "updating package lists" $(as_root) apt-get update &&
    quietly "installing packages" "$@"
}

# Installs what PRESET lacks, if that can be done without asking. A library that is missing from
# the usual place may be elsewhere, so without rights to install, configuring has the last word.
provide() { # PRESET
  # Said here, since the package list below is made in a subshell.
  command -v "${CXX:-c++}" >/dev/null || [ -n "$(compiler_package)" ] ||
    die "CXX names no compiler: $CXX"
  tools=$(missing_tools "$1")
  libraries=$(missing_libraries "$1")
  install_hint=
  [ -n "$tools$libraries" ] || return 0
  if ! command -v apt-get >/dev/null; then
    [ -z "$tools" ] || die "missing: ${tools% }. Needed in all: $(needs_in_words "$1")"
    return 0
  fi
  packages="$tools${libraries% }"
  install_hint="sudo apt-get install -y --no-install-recommends ${packages% }"
  if as_root >/dev/null; then
    say "installing ${packages% }"
    # shellcheck disable=SC2086  # a list of words
    apt_install $packages || {
      show_log
      die "could not install them; try: $install_hint"
    }
    install_hint=
  elif [ -n "$tools" ]; then
    die "packages are missing and this user cannot install them; run: $install_hint"
  fi
}
