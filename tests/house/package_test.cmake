# Installs the build into a fresh prefix, builds a stranger's project against it and runs that.
file(REMOVE_RECURSE ${WORK})
set(prefix "${WORK}/a prefix with spaces")

function(run)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE result OUTPUT_VARIABLE said ERROR_VARIABLE said)
  if(NOT result STREQUAL "0")
    message(FATAL_ERROR "failed (${result}): ${ARGN}\n${said}")
  endif()
  set(said "${said}" PARENT_SCOPE)
endfunction()

if(SANITIZE)
  # A sanitized library needs the runtime of its sanitizer, which the package does not promise.
  string(APPEND CXX_FLAGS " -fsanitize=${SANITIZE}")
endif()
run(${CMAKE_COMMAND} --install ${BUILD} --prefix ${prefix})
run(${CMAKE_COMMAND} -S ${CONSUMER} -B ${WORK}/build -G ${GENERATOR}
    -DCMAKE_PREFIX_PATH=${prefix} -DCMAKE_CXX_COMPILER=${COMPILER} -DCMAKE_CXX_FLAGS=${CXX_FLAGS}
    -DCMAKE_FIND_USE_PACKAGE_REGISTRY=OFF)
run(${CMAKE_COMMAND} --build ${WORK}/build)
run(${WORK}/build/consumer)
if(NOT said MATCHES "go1\\.19\\.8 is older than go1\\.26")
  message(FATAL_ERROR "the consumer printed: ${said}")
endif()

if(HAS_COMMAND)
  run(${prefix}/bin/heaplaw --help)
  if(NOT said MATCHES "table")
    message(FATAL_ERROR "the installed command printed: ${said}")
  endif()
endif()
