# Every dependency by find_package; where a package ships no CMake config, by its pkg-config file.
find_package(Boost 1.81 REQUIRED)
find_package(Threads REQUIRED)
find_package(nlohmann_json 3.11 REQUIRED)
find_package(spdlog 1.10 REQUIRED)
find_package(simdjson 3.0 REQUIRED)
find_package(CLI11 2.1 REQUIRED)
find_package(pugixml 1.13 REQUIRED)
find_package(SQLite3 3.37 REQUIRED)  # STRICT tables
find_package(tomlplusplus 3.3 REQUIRED)
find_package(PkgConfig REQUIRED)
pkg_check_modules(cares REQUIRED IMPORTED_TARGET libcares>=1.18)
pkg_check_modules(idn2 REQUIRED IMPORTED_TARGET libidn2>=2.3)
# libunistring 1.0 ships neither.
find_path(EDGESURVEY_UNISTRING_HEADERS uniwidth.h REQUIRED)
find_library(EDGESURVEY_UNISTRING unistring REQUIRED)
add_library(edgesurvey_unistring INTERFACE)
target_include_directories(edgesurvey_unistring SYSTEM INTERFACE ${EDGESURVEY_UNISTRING_HEADERS})
target_link_libraries(edgesurvey_unistring INTERFACE ${EDGESURVEY_UNISTRING})
if(BUILD_TESTING)
  find_package(Catch2 REQUIRED)  # 2.13 (Debian 12) or 3.x: tests/support/catch.hpp serves both
  find_package(rapidcheck REQUIRED)
endif()
