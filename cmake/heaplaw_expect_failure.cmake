# Tests that something goes wrong in the right way: WILL_FAIL alone would also accept a command
# that is not found, or that dies of something else.
#
# heaplaw_expect_failure(TEST_NAME MESSAGE regular-expression COMMAND command [argument ...])
function(heaplaw_expect_failure name)
  cmake_parse_arguments(FAILURE "" "MESSAGE" "COMMAND" ${ARGN})
  list(POP_FRONT FAILURE_COMMAND program)
  if(TARGET ${program})
    set(program $<TARGET_FILE:${program}>)
  endif()
  add_test(NAME ${name}
    COMMAND ${CMAKE_COMMAND} -DMESSAGE=${FAILURE_MESSAGE}
            -P ${PROJECT_SOURCE_DIR}/tests/house/expect_failure.cmake
            -- ${program} ${FAILURE_COMMAND}
    COMMAND_EXPAND_LISTS)
endfunction()
