# The kinds of target in this tree, one function each. Includes are written from the root of the tree
# ("common/db/pool.h"); generated protos are included as "tuoyu/filing/v1/filing.pb.h".

# Built by .ci/run under ThreadSanitizer: the tests marked CONCURRENT.
add_custom_target(concurrent_tests)

# tuoyu_library(<name> SRCS <files> [DEPS <targets>]): a static library.
function(tuoyu_library name)
  cmake_parse_arguments(arg "" "" "SRCS;DEPS" ${ARGN})
  add_library(${name} STATIC ${arg_SRCS})
  target_include_directories(${name} PUBLIC ${PROJECT_SOURCE_DIR})
  target_link_libraries(${name} PUBLIC ${arg_DEPS})
endfunction()

# tuoyu_binary(<name> SRCS <files> [DEPS <targets>]): an executable, placed in <build>/bin.
function(tuoyu_binary name)
  cmake_parse_arguments(arg "" "" "SRCS;DEPS" ${ARGN})
  add_executable(${name} ${arg_SRCS})
  target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR})
  target_link_libraries(${name} PRIVATE ${arg_DEPS})
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/bin)
endfunction()

# tuoyu_test(<name> LABEL unit|db|e2e|fault SRCS <files> [DEPS <targets>] [CONCURRENT]): a GoogleTest
# program run by ctest as one test. LABEL db gets the private MariaDB fixture; CONCURRENT adds the label
# "concurrent", which selects the tests that also run under ThreadSanitizer.
function(tuoyu_test name)
  cmake_parse_arguments(arg "CONCURRENT" "LABEL;TIMEOUT" "SRCS;DEPS" ${ARGN})
  if(NOT arg_TIMEOUT)
    set(arg_TIMEOUT 120)
  endif()
  tuoyu_binary(${name} SRCS ${arg_SRCS} DEPS ${arg_DEPS} GTest::gmock GTest::gtest_main)
  # What is tested is optimised, the tests themselves are not: a quarter of the time to compile one went into that.
  target_compile_options(${name} PRIVATE -O0)
  add_test(NAME ${name} COMMAND ${name})
  set(labels ${arg_LABEL})
  if(arg_CONCURRENT)
    list(APPEND labels concurrent)
    add_dependencies(concurrent_tests ${name})
  endif()
  set_tests_properties(${name} PROPERTIES LABELS "${labels}" TIMEOUT ${arg_TIMEOUT})
  if(arg_LABEL STREQUAL "db")
    set_tests_properties(${name} PROPERTIES FIXTURES_REQUIRED mariadb
      ENVIRONMENT "TUOYU_TEST_DB=${PROJECT_BINARY_DIR}/test-db")
  endif()
endfunction()

# tuoyu_embed(<library> NAMESPACE <ns> FILES <files>): compiles text files into the library as
# `absl::Span<const tuoyu::EmbeddedFile> <ns>::Files()` (name without directory, content), in the order given.
function(tuoyu_embed library)
  cmake_parse_arguments(arg "" "NAMESPACE" "FILES" ${ARGN})
  set(out ${CMAKE_CURRENT_BINARY_DIR}/${library}_embedded.cc)
  list(TRANSFORM arg_FILES PREPEND ${CMAKE_CURRENT_SOURCE_DIR}/)
  add_custom_command(OUTPUT ${out}
    COMMAND ${CMAKE_COMMAND} -DOUT=${out} -DNAMESPACE=${arg_NAMESPACE} "-DFILES=${arg_FILES}"
            -P ${PROJECT_SOURCE_DIR}/common/cmake/embed.cmake
    DEPENDS ${arg_FILES} ${PROJECT_SOURCE_DIR}/common/cmake/embed.cmake VERBATIM)
  target_sources(${library} PRIVATE ${out})
endfunction()
