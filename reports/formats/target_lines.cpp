#include "reports/formats/target_lines.hpp"

#include <algorithm>
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

TargetLines::TargetLines(const SurveySource& survey) {
  survey.for_each_target([this](const TargetRow& target) {
    if (!is_from_file(target.source)) return;
    const auto source = number_of(target.source);
    for (const auto& address : target.addresses) {
      entries_.push_back(
          {.address = address, .source = source, .line = static_cast<std::uint32_t>(target.line)});
    }
  });
  std::stable_sort(entries_.begin(), entries_.end(),
                   [](const Entry& a, const Entry& b) { return a.address < b.address; });
}

// A survey has few files, and its targets come file by file: the last one first.
std::uint32_t TargetLines::number_of(const std::string& source) {
  const auto found = std::find(sources_.rbegin(), sources_.rend(), source);
  if (found == sources_.rend()) {
    sources_.push_back(source);
    return static_cast<std::uint32_t>(sources_.size() - 1);
  }
  return static_cast<std::uint32_t>(sources_.rend() - found - 1);
}

std::vector<TargetLines::Line> TargetLines::of(const Address& address) const {
  std::vector<Line> lines;
  auto entry = std::lower_bound(entries_.begin(), entries_.end(), address,
                                [](const Entry& e, const Address& a) { return e.address < a; });
  for (; entry != entries_.end() && entry->address == address; ++entry) {
    lines.push_back({.source = sources_[entry->source], .line = entry->line});
  }
  return lines;
}

}  // namespace edgesurvey
