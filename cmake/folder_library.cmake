# What every target of ours is compiled with.
add_library(edgesurvey_options INTERFACE)
target_compile_features(edgesurvey_options INTERFACE cxx_std_20)
target_compile_options(edgesurvey_options INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wnon-virtual-dtor -Wold-style-cast
  -Woverloaded-virtual -Wdouble-promotion -Wimplicit-fallthrough
  $<$<BOOL:${EDGESURVEY_WERROR}>:-Werror>)
# Optimised builds with GCC 12: -Wrestrict sees overlaps in `"literal" + string` that cannot be (GCC bug 105651). With a
# precompiled header the same code is also found to overflow, because its warnings no longer count as a system header's.
# -Wnull-dereference stays off: it only works when optimising, and then finds fault with Asio's headers.
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  target_compile_options(edgesurvey_options INTERFACE
    -Wno-restrict -Wno-stringop-overflow -Wno-stringop-overread -Wno-array-bounds)
endif()
if(EDGESURVEY_SANITIZE)
  # vptr: its check opens a pipe when it first meets a class, and calls it a fault when there is no descriptor left,
  # which some tests see to.
  target_compile_options(edgesurvey_options INTERFACE
    -fsanitize=address,undefined -fno-sanitize=vptr -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(edgesurvey_options INTERFACE -fsanitize=address,undefined)
endif()
if(EDGESURVEY_FUZZ)
  target_compile_options(edgesurvey_options INTERFACE -fsanitize=fuzzer-no-link)
endif()
target_include_directories(edgesurvey_options INTERFACE ${PROJECT_SOURCE_DIR})

# Headers that cost seconds to read are read once: each source is compiled with one precompiled header in front.
# Sources still include what they use: check_tidy compiles them without.
option(EDGESURVEY_PRECOMPILE "Precompile the largest headers" ON)

# edgesurvey_precompile(TARGET <headers>...): a precompiled header of its own for the target.
function(edgesurvey_precompile target)
  if(EDGESURVEY_PRECOMPILE AND ARGN)
    target_precompile_headers(${target} PRIVATE ${ARGN})
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
      target_compile_options(${target} PRIVATE -fpch-preprocess)  # for compiler caches
    endif()
  endif()
endfunction()

# edgesurvey_reuse_precompiled(TARGET OTHER): the precompiled header of another target. Both must be compiled with the
# same optimisation and the same macros as far as its headers ask for them: -Winvalid-pch says so where they are not.
function(edgesurvey_reuse_precompiled target other)
  if(EDGESURVEY_PRECOMPILE)
    target_precompile_headers(${target} REUSE_FROM ${other})
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
      target_compile_options(${target} PRIVATE -fpch-preprocess)
    endif()
  endif()
endfunction()

# What most sources read of the standard library.
set(edgesurvey_standard_headers
  <algorithm> <array> <charconv> <chrono> <cmath> <cstdint> <cstring> <functional> <iterator> <limits> <map> <memory>
  <optional> <ostream> <span> <stdexcept> <string> <string_view> <tuple> <utility> <variant> <vector>)

file(CONFIGURE OUTPUT precompiled_standard.cpp CONTENT "// Its target only has the precompiled header.\n")
add_library(edgesurvey_precompiled_standard OBJECT ${CMAKE_BINARY_DIR}/precompiled_standard.cpp)
target_link_libraries(edgesurvey_precompiled_standard PRIVATE edgesurvey_options)
edgesurvey_precompile(edgesurvey_precompiled_standard ${edgesurvey_standard_headers})

# Asio compiled once, and its precompiled header for the folders that use it.
file(CONFIGURE OUTPUT asio.cpp CONTENT "#include <boost/asio/impl/src.hpp>\n")
add_library(edgesurvey_asio STATIC ${CMAKE_BINARY_DIR}/asio.cpp)
target_compile_definitions(edgesurvey_asio PUBLIC BOOST_ASIO_SEPARATE_COMPILATION)
target_link_libraries(edgesurvey_asio PUBLIC Boost::headers Threads::Threads PRIVATE edgesurvey_options)
edgesurvey_precompile(edgesurvey_asio ${edgesurvey_standard_headers} <boost/asio/io_context.hpp>
  <boost/asio/post.hpp> <boost/asio/steady_timer.hpp> <boost/asio/posix/stream_descriptor.hpp>)

# edgesurvey_folder(NAME [PUBLIC libs...] [PRIVATE libs...] [PRECOMPILE <headers>... | REUSE target] [EXCEPT sources...])
# Makes the library edgesurvey_NAME of the .cpp files in the calling folder (not of its subfolders), with the
# precompiled standard headers, those of another target, or its own.
function(edgesurvey_folder name)
  cmake_parse_arguments(arg "" "REUSE" "PUBLIC;PRIVATE;PRECOMPILE;EXCEPT" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/*.cpp")
  list(TRANSFORM arg_EXCEPT PREPEND "${CMAKE_CURRENT_SOURCE_DIR}/")
  list(REMOVE_ITEM sources ${arg_EXCEPT})
  add_library(edgesurvey_${name} STATIC ${sources})
  target_link_libraries(edgesurvey_${name} PUBLIC edgesurvey_options ${arg_PUBLIC} PRIVATE ${arg_PRIVATE})
  if(arg_PRECOMPILE)
    edgesurvey_precompile(edgesurvey_${name} ${edgesurvey_standard_headers} ${arg_PRECOMPILE})
  elseif(arg_REUSE)
    edgesurvey_reuse_precompiled(edgesurvey_${name} ${arg_REUSE})
  else()
    edgesurvey_reuse_precompiled(edgesurvey_${name} edgesurvey_precompiled_standard)
  endif()
endfunction()
