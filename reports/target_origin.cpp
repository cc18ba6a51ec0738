#include "reports/target_origin.hpp"

#include <filesystem>

namespace edgesurvey {
namespace {

bool stands_for_itself_in_a_path(char c) {
  const bool alphanumeric = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  return alphanumeric || std::string_view("-._~/").find(c) != std::string_view::npos;
}

}  // namespace

bool is_from_file(std::string_view source) {
  return !source.empty() && source != "argument" && source.front() != '<';
}

std::string file_uri(std::string_view source) {
  const std::string path = std::filesystem::path(source).lexically_normal().generic_string();
  std::string uri = path.starts_with('/') ? "file://" : "";
  for (const char c : path) {
    if (stands_for_itself_in_a_path(c)) {
      uri += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    uri += '%';
    uri += "0123456789ABCDEF"[byte / 16];
    uri += "0123456789ABCDEF"[byte % 16];
  }
  return uri;
}

}  // namespace edgesurvey
