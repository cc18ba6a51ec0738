# The script for the Edge and the prose around it stay files of their own, to be read and parsed as such. They enter the
# program here; what stands between @ signs in them is filled in when a result is known.
foreach(text edge.ps1 note.md perimeter.md verify.md)
  set(file ${CMAKE_CURRENT_SOURCE_DIR}/remediation/${text})
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
  string(MAKE_C_IDENTIFIER ${text} name)
  file(READ ${file} ${name})
endforeach()
configure_file(remediation/texts.cpp.in remediation/texts.cpp @ONLY)
file(GLOB remediation_sources CONFIGURE_DEPENDS remediation/*.cpp)
target_sources(edgesurvey_reports PRIVATE ${remediation_sources} ${CMAKE_CURRENT_BINARY_DIR}/remediation/texts.cpp)
