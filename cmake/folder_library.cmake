# What every target of ours is compiled with.
add_library(edgesurvey_options INTERFACE)
target_compile_features(edgesurvey_options INTERFACE cxx_std_20)
target_compile_options(edgesurvey_options INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wnon-virtual-dtor -Wold-style-cast
  -Woverloaded-virtual -Wdouble-promotion -Wimplicit-fallthrough
  $<$<BOOL:${EDGESURVEY_WERROR}>:-Werror>)
# Optimised builds with GCC 12: -Wrestrict sees overlaps in `"literal" + string` that cannot be (GCC bug 105651).
# -Wnull-dereference stays off: it only works when optimising, and then finds fault with Asio's headers.
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  target_compile_options(edgesurvey_options INTERFACE -Wno-restrict)
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

# Headers that cost seconds to read are read once a target. Off for tools that read sources one by one.
option(EDGESURVEY_PRECOMPILE "Precompile the libraries' largest headers" ON)
function(edgesurvey_precompile target)
  if(EDGESURVEY_PRECOMPILE AND ARGN)
    target_precompile_headers(${target} PRIVATE ${ARGN})
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
      target_compile_options(${target} PRIVATE -fpch-preprocess)  # for compiler caches
    endif()
  endif()
endfunction()

# edgesurvey_folder(NAME [PUBLIC libs...] [PRIVATE libs...] [PRECOMPILE <headers>...] [EXCEPT sources...])
# Makes the library edgesurvey_NAME of the .cpp files in the calling folder (not of its subfolders).
function(edgesurvey_folder name)
  cmake_parse_arguments(arg "" "" "PUBLIC;PRIVATE;PRECOMPILE;EXCEPT" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/*.cpp")
  list(TRANSFORM arg_EXCEPT PREPEND "${CMAKE_CURRENT_SOURCE_DIR}/")
  list(REMOVE_ITEM sources ${arg_EXCEPT})
  add_library(edgesurvey_${name} STATIC ${sources})
  target_link_libraries(edgesurvey_${name} PUBLIC edgesurvey_options ${arg_PUBLIC} PRIVATE ${arg_PRIVATE})
  edgesurvey_precompile(edgesurvey_${name} ${arg_PRECOMPILE})
endfunction()
