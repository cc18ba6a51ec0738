#include "cli/free_path.hpp"

#include <filesystem>

namespace edgesurvey {

std::string free_path(const std::string& stem, const std::string& ending,
                      const std::function<bool(const std::string&)>& is_taken) {
  std::string path = stem + ending;
  std::error_code error;
  for (int number = 2; std::filesystem::exists(path, error) || is_taken(path); ++number) {
    path = stem + '-';
    path += std::to_string(number) + ending;
  }
  return path;
}

}  // namespace edgesurvey
