// Runs a judge: a program of others that says by its exit status what it thinks of a file.
#pragma once

#include <sys/wait.h>

#include <cstdlib>
#include <string>
#include <vector>

#include "reports/temporary_folder.hpp"

namespace edgesurvey::testing {

struct Judged {
  int status = -1;   // the exit status; -1 if it died
  std::string said;  // both its outputs
};

// The words become one shell command; precondition: none holds a single quote.
inline Judged judge(const std::vector<std::string>& words) {
  const TemporaryFolder folder;
  std::string command;
  for (const auto& word : words) command += "'" + word + "' ";
  const int status = std::system((command + "> '" + (folder / "said") + "' 2>&1").c_str());
  return {.status = WIFEXITED(status) ? WEXITSTATUS(status) : -1, .said = text_of(folder / "said")};
}

inline std::string judges_file(const std::string& name) {
  return EDGESURVEY_SOURCE_DIR "/tests/reports/judges/" + name;
}

inline Judged judge_junit(const std::string& path) {
  return judge({EDGESURVEY_XMLLINT, "--noout", "--nonet", "--schema", judges_file("junit-common.xsd"), path});
}

inline Judged judge_nmap_xml(const std::string& path) {
  return judge({EDGESURVEY_XMLLINT, "--noout", "--nonet", "--dtdvalid", EDGESURVEY_NMAP_DTD, path});
}

inline Judged judge_sarif(const std::string& path) {
  return judge({EDGESURVEY_PYTHON, judges_file("check_sarif.py"), path});
}

}  // namespace edgesurvey::testing
