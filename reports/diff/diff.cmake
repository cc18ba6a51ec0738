# The diff's sources, and its JSON Schema: installed, and inside the program for `edgesurvey schema diff`.
set(diff_schema ${CMAKE_CURRENT_SOURCE_DIR}/schema/edgesurvey-diff-1.schema.json)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${diff_schema})
file(READ ${diff_schema} diff_schema_text)
configure_file(schema/diff_schema.cpp.in diff_schema.cpp @ONLY)
file(GLOB diff_sources CONFIGURE_DEPENDS diff/*.cpp)
target_sources(edgesurvey_reports PRIVATE ${diff_sources} ${CMAKE_CURRENT_BINARY_DIR}/diff_schema.cpp)
install(FILES ${diff_schema} DESTINATION ${CMAKE_INSTALL_DATADIR}/edgesurvey)
