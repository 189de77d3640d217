# What every target of this project shares: the language, the warnings, the sanitizers, the libraries
# found once, and two helpers: holdfast_library() and holdfast_embed().

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
find_program(HOLDFAST_CCACHE ccache)
if(HOLDFAST_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  # Precompiled headers are cached only if ccache may ignore what can't matter here.
  set(CMAKE_CXX_COMPILER_LAUNCHER "${CMAKE_COMMAND}" -E env CCACHE_SLOPPINESS=pch_defines,time_macros ${HOLDFAST_CCACHE})
endif()

find_package(Boost 1.74 REQUIRED COMPONENTS json url)
find_package(Threads REQUIRED)
find_package(PkgConfig REQUIRED)
pkg_check_modules(sodium REQUIRED IMPORTED_TARGET libsodium)
pkg_check_modules(sqlite3 REQUIRED IMPORTED_TARGET sqlite3)
pkg_check_modules(icu REQUIRED IMPORTED_TARGET icu-uc icu-i18n)
pkg_check_modules(spdlog REQUIRED IMPORTED_TARGET spdlog)
pkg_check_modules(cmark REQUIRED IMPORTED_TARGET libcmark-gfm)
find_package(prometheus-cpp CONFIG REQUIRED COMPONENTS core)
find_package(tomlplusplus CONFIG QUIET)

# How memory is handed out, for programs that measure or serve; a sanitizer brings its own way.
add_library(holdfast_allocator INTERFACE)
if(NOT HOLDFAST_SANITIZE)
  find_package(mimalloc CONFIG REQUIRED)
  target_link_libraries(holdfast_allocator INTERFACE mimalloc)
endif()

# GCC frees what it no longer needs less often: a fifth less time for a fifth more memory (1.0 to 1.2 GB for the largest
# file of a test build).
add_compile_options($<$<COMPILE_LANG_AND_ID:CXX,GNU>:--param=ggc-min-heapsize=800000>)

# Flags that every object needs alike, ours or a compiled-once library's.
add_library(holdfast_flags INTERFACE)
target_include_directories(holdfast_flags INTERFACE "${CMAKE_SOURCE_DIR}")
target_compile_definitions(holdfast_flags INTERFACE
  BOOST_ASIO_SEPARATE_COMPILATION BOOST_BEAST_SEPARATE_COMPILATION BOOST_ASIO_NO_DEPRECATED
  BOOST_ASIO_DISABLE_BOOST_COROUTINE)
if(HOLDFAST_FAILPOINTS)
  find_library(HOLDFAST_FIU fiu REQUIRED)
  target_compile_definitions(holdfast_flags INTERFACE HOLDFAST_FAILPOINTS FIU_ENABLE)
  target_link_libraries(holdfast_flags INTERFACE ${HOLDFAST_FIU})
endif()
if(HOLDFAST_SANITIZE)
  target_compile_options(holdfast_flags INTERFACE -fsanitize=${HOLDFAST_SANITIZE} -fno-omit-frame-pointer
    -fno-sanitize-recover=all)
  target_link_options(holdfast_flags INTERFACE -fsanitize=${HOLDFAST_SANITIZE})
  if(HOLDFAST_SANITIZE MATCHES "undefined" AND CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
    # Clang 14 can't put its marks for this one check on coroutines.
    target_compile_options(holdfast_flags INTERFACE -fno-sanitize=function
      "-fsanitize-ignorelist=${CMAKE_SOURCE_DIR}/tests/fuzz/outside_code.txt")
  endif()
  if(HOLDFAST_SANITIZE MATCHES "thread" AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # GCC 12 then also sees a moved std::string read past its end, in its own header.
    target_compile_options(holdfast_flags INTERFACE -Wno-tsan -Wno-array-bounds -Wno-stringop-overflow)
  endif()
endif()

if(HOLDFAST_FUZZ)
  target_compile_options(holdfast_flags INTERFACE -fsanitize=fuzzer-no-link)
endif()

# Warnings are errors, in our own code.
add_library(holdfast_warnings INTERFACE)
target_compile_options(holdfast_warnings INTERFACE
  $<$<COMPILE_LANGUAGE:CXX>:-Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wnon-virtual-dtor -Wold-style-cast
  -Woverloaded-virtual -Werror>
  # GCC 12 sees the frames of inlined coroutines deleted by another function than made them: not so.
  $<$<CXX_COMPILER_ID:GNU>:-Wno-mismatched-new-delete>)

# Several files of a folder are compiled in one go, so that each header is parsed and each template made once for all of
# them: a full build takes half the time. The files of one folder share their unnamed namespace then.
function(holdfast_unity name)
  if(HOLDFAST_UNITY)
    set_target_properties(${name} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 8)
    # GCC warns of a coroutine over a file's own lambda as soon as that file is included by another.
    target_compile_options(${name} PRIVATE $<$<CXX_COMPILER_ID:GNU>:-Wno-subobject-linkage>)
  endif()
endfunction()

# holdfast_library(NAME SOURCES a.cpp … HEADERS a.hpp … LINKS lib … PRIVATE_LINKS lib …)
# One folder, one static library. Every header must compile by itself: headers_alone compiles those that aren't what
# their own source includes first, since that one proves it already.
function(holdfast_library name)
  cmake_parse_arguments(arg "" "" "SOURCES;HEADERS;LINKS;PRIVATE_LINKS" ${ARGN})
  add_library(${name} STATIC ${arg_SOURCES})
  foreach(header IN LISTS arg_HEADERS)
    cmake_path(REPLACE_EXTENSION header LAST_ONLY cpp OUTPUT_VARIABLE source)
    set(first "")
    if(source IN_LIST arg_SOURCES)
      file(STRINGS "${source}" first REGEX "^#include" LIMIT_COUNT 1)
    endif()
    cmake_path(RELATIVE_PATH CMAKE_CURRENT_SOURCE_DIR BASE_DIRECTORY "${CMAKE_SOURCE_DIR}" OUTPUT_VARIABLE folder)
    if(NOT first STREQUAL "#include \"${folder}/${header}\"")
      set_property(GLOBAL APPEND PROPERTY holdfast_headers_alone "${folder}/${header}")
    endif()
  endforeach()
  set_property(GLOBAL APPEND PROPERTY holdfast_libraries ${name})
  target_link_libraries(${name} PUBLIC holdfast_flags ${arg_LINKS} PRIVATE holdfast_warnings ${arg_PRIVATE_LINKS})
  if(HOLDFAST_PRECOMPILE)
    target_precompile_headers(${name} REUSE_FROM precompiled)
  endif()
  holdfast_unity(${name})
endfunction()

# The target headers_alone, behind the last library: one object of each header that no source proves.
function(holdfast_headers_alone)
  get_property(headers GLOBAL PROPERTY holdfast_headers_alone)
  get_property(libraries GLOBAL PROPERTY holdfast_libraries)
  set(sources "")
  foreach(header IN LISTS headers)
    set(source "${CMAKE_BINARY_DIR}/headers_alone/${header}.cpp")
    file(CONFIGURE OUTPUT "${source}" CONTENT "#include \"${header}\"\n")
    list(APPEND sources "${source}")
  endforeach()
  add_library(headers_alone OBJECT EXCLUDE_FROM_ALL ${sources})
  target_link_libraries(headers_alone PRIVATE ${libraries} holdfast_warnings)
  if(HOLDFAST_PRECOMPILE)
    target_precompile_headers(headers_alone REUSE_FROM precompiled)
  endif()
endfunction()

# What nearly every file includes, parsed once, in the builds for everyday work and for the second compiler. Not in what
# hosts run: optimising, GCC 12 then warns of the standard library's own code. It could hide that a file doesn't include
# what it uses: lint_includes looks for that.
set(HOLDFAST_COMMON_HEADERS <algorithm> <array> <atomic> <chrono> <functional> <map> <memory> <mutex> <optional> <set>
  <string> <string_view> <variant> <vector> <boost/json.hpp> <boost/system/result.hpp>)
if(HOLDFAST_PRECOMPILE)
  file(WRITE "${CMAKE_BINARY_DIR}/precompiled.cpp" "")
  add_library(precompiled STATIC "${CMAKE_BINARY_DIR}/precompiled.cpp")
  target_link_libraries(precompiled PRIVATE holdfast_flags holdfast_warnings Boost::json)
  target_compile_options(holdfast_flags INTERFACE $<$<CXX_COMPILER_ID:GNU>:-fpch-preprocess>) # so that ccache can follow
  # One parsing serves all only under the same definitions; who links no JSON is told them too.
  target_compile_definitions(holdfast_flags INTERFACE $<TARGET_PROPERTY:Boost::json,INTERFACE_COMPILE_DEFINITIONS>)
  target_precompile_headers(precompiled PRIVATE ${HOLDFAST_COMMON_HEADERS} <boost/asio/awaitable.hpp>)
endif()

# holdfast_embed(TARGET FUNCTION ROOT dir FILES f…)
# Puts files into the program: defines `holdfast::embedded::FUNCTION()`, which returns a span of
# {name relative to ROOT, content}. Declared in the generated header "embedded/FUNCTION.hpp".
function(holdfast_embed target function)
  cmake_parse_arguments(arg "" "ROOT" "FILES;DEPENDS" ${ARGN})
  set(dir "${CMAKE_CURRENT_BINARY_DIR}/embed_${function}")
  set(entries "")
  set(externs "")
  set(assembly "    .section .rodata\n")
  set(index 0)
  foreach(file IN LISTS arg_FILES)
    cmake_path(RELATIVE_PATH file BASE_DIRECTORY "${arg_ROOT}" OUTPUT_VARIABLE entry)
    set(symbol "holdfast_embedded_${function}_${index}")
    string(APPEND assembly "    .global ${symbol}\n    .global ${symbol}_end\n${symbol}:\n    .incbin \"${file}\"\n${symbol}_end:\n    .byte 0\n")
    string(APPEND externs "extern char const ${symbol}[];\nextern char const ${symbol}_end[];\n")
    string(APPEND entries "        {\"${entry}\", {${symbol}, static_cast<std::size_t>(${symbol}_end - ${symbol})}},\n")
    math(EXPR index "${index} + 1")
  endforeach()
  string(APPEND assembly "    .section .note.GNU-stack,\"\",%progbits\n")
  file(CONFIGURE OUTPUT "${dir}/${function}.S" CONTENT "${assembly}" @ONLY)
  file(CONFIGURE OUTPUT "${dir}/include/embedded/${function}.hpp" @ONLY CONTENT
"// Generated by cmake/holdfast.cmake.
#pragma once
#include <span>
#include <string_view>
#include <utility>
namespace holdfast::embedded {
using file = std::pair<std::string_view, std::string_view>; // name, content
std::span<file const> ${function}();
}
")
  file(CONFIGURE OUTPUT "${dir}/${function}.cpp" @ONLY CONTENT
"#include \"embedded/${function}.hpp\"
extern \"C\" {
${externs}}
namespace holdfast::embedded {
std::span<file const> ${function}()
{
    static file const files[] = {
${entries}    };
    return files;
}
}
")
  set_source_files_properties("${dir}/${function}.S" PROPERTIES OBJECT_DEPENDS "${arg_FILES}")
  target_sources(${target} PRIVATE "${dir}/${function}.S" "${dir}/${function}.cpp")
  target_include_directories(${target} PUBLIC "${dir}/include")
endfunction()
