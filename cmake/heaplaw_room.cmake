# Rooms of the house: one static library each, which may use only the rooms it names.
#
# vocabulary <- model, vocabulary <- oracle, vocabulary <- evidence; nobody below cli, tests,
# properties, fuzz and bench sees both model and oracle. Each room gets its include path from a
# folder that holds only itself and its friends, so that a forbidden include does not compile.

# Flags for the house's own targets; never exported to users of the package.
add_library(heaplaw_flags INTERFACE)
target_compile_features(heaplaw_flags INTERFACE cxx_std_20)
target_compile_options(heaplaw_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wnon-virtual-dtor
  -Woverloaded-virtual -Wcast-align -Wold-style-cast -Wimplicit-fallthrough
  # Designated initialisers name what differs from the defaults; that is their point.
  -Wno-missing-field-initializers
  $<$<BOOL:${HEAPLAW_WERROR}>:-Werror>)
if(HEAPLAW_SANITIZE)
  target_compile_options(heaplaw_flags INTERFACE
    -fsanitize=${HEAPLAW_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  if(HEAPLAW_SANITIZE MATCHES "integer|implicit-conversion")
    set(ignorelist ${PROJECT_SOURCE_DIR}/cmake/sanitizer-ignorelist.txt)
    target_compile_options(heaplaw_flags INTERFACE -fsanitize-ignorelist=${ignorelist})
  endif()
  target_link_options(heaplaw_flags INTERFACE -fsanitize=${HEAPLAW_SANITIZE})
endif()
if(HEAPLAW_FUZZ)
  # Coverage feedback in every room; only the targets in fuzz/ link libFuzzer's main.
  target_compile_options(heaplaw_flags INTERFACE -fsanitize=fuzzer-no-link
    -fsanitize-coverage-ignorelist=${PROJECT_SOURCE_DIR}/cmake/coverage-ignorelist.txt)
  target_link_options(heaplaw_flags INTERFACE -fsanitize=fuzzer-no-link)
endif()

# heaplaw_room(NAME SOURCES a.cc ... USES room ...)
function(heaplaw_room name)
  cmake_parse_arguments(ROOM "" "" "SOURCES;USES" ${ARGN})
  add_library(heaplaw_${name} STATIC ${ROOM_SOURCES})
  add_library(heaplaw::${name} ALIAS heaplaw_${name})
  set_target_properties(heaplaw_${name} PROPERTIES EXPORT_NAME ${name})
  target_link_libraries(heaplaw_${name} PRIVATE $<BUILD_INTERFACE:heaplaw_flags>)
  # Checks change the layout of nothing, but they must be the same in every room.
  target_compile_definitions(heaplaw_${name} PUBLIC HEAPLAW_INVARIANTS=${HEAPLAW_INVARIANTS})
  target_compile_features(heaplaw_${name} PUBLIC cxx_std_20)
  if(HEAPLAW_PRECOMPILE)
    # What nearly every file reads. Only in builds that somebody waits for: the others show whether
    # each file includes what it uses.
    target_precompile_headers(heaplaw_${name} PRIVATE
      <algorithm> <array> <map> <memory> <optional> <span> <string> <string_view> <vector>
      <fmt/format.h>)
  endif()

  # A folder of links: the room's own view of the house.
  set(view ${CMAKE_BINARY_DIR}/views/${name})
  file(MAKE_DIRECTORY ${view})
  file(CREATE_LINK ${PROJECT_SOURCE_DIR}/${name} ${view}/${name} SYMBOLIC)
  target_include_directories(heaplaw_${name} PUBLIC
    $<BUILD_INTERFACE:${view}>
    $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>
    $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}/heaplaw>)
  foreach(used IN LISTS ROOM_USES)
    target_link_libraries(heaplaw_${name} PUBLIC heaplaw_${used})
  endforeach()
endfunction()
