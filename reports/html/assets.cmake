# The page's style sheet, script and prose stay files of their own, to be read and linted as such. They enter the
# program here, each style and script with the hash by which the page's Content-Security-Policy lets it in.

# Sets ${result} to the CSP source expression of a file's text: 'sha256-' and the digest in Base64. CMake has SHA-256 only in
# hexadecimal, so three hex digits (12 bits) become two of Base64's; the 64th is the last four bits of the digest.
function(csp_source_of file result)
  set(alphabet ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/)
  file(SHA256 ${file} hex)
  set(base64 "")
  foreach(start RANGE 0 60 3)
    string(SUBSTRING ${hex} ${start} 3 digits)
    math(EXPR high "0x${digits} >> 6")
    math(EXPR low "0x${digits} & 63")
    string(SUBSTRING ${alphabet} ${high} 1 high)
    string(SUBSTRING ${alphabet} ${low} 1 low)
    string(APPEND base64 ${high}${low})
  endforeach()
  string(SUBSTRING ${hex} 63 1 digit)
  math(EXPR last "0x${digit} << 2")
  string(SUBSTRING ${alphabet} ${last} 1 last)
  set(${result} "sha256-${base64}${last}=" PARENT_SCOPE)
endfunction()

foreach(asset style.css script.js method.html)
  set(file ${CMAKE_CURRENT_SOURCE_DIR}/html/${asset})
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
  string(MAKE_C_IDENTIFIER ${asset} name)
  file(READ ${file} ${name})
  csp_source_of(${file} ${name}_hash)
endforeach()
configure_file(html/assets.cpp.in html/assets.cpp @ONLY)
file(GLOB html_sources CONFIGURE_DEPENDS html/*.cpp)
target_sources(edgesurvey_reports PRIVATE ${html_sources} ${CMAKE_CURRENT_BINARY_DIR}/html/assets.cpp)
