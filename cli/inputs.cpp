#include "cli/inputs.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iostream>
#include <string_view>
#include <utility>

#include "targets/saturating.hpp"
#include "targets/text.hpp"

namespace edgesurvey {
namespace {

constexpr std::size_t max_input_bytes = std::size_t{256} << 20U;
constexpr std::string_view stdin_name = "<stdin>";

struct Text {
  std::string source;
  std::string content;
};

// Throws std::runtime_error: "edges.txt: No such file or directory".
std::string read_stream(std::istream& stream, const std::string& source) {
  std::string content;
  std::string chunk(std::size_t{1} << 16U, '\0');
  while (stream.read(chunk.data(), static_cast<std::streamsize>(chunk.size())) || stream.gcount() > 0) {
    content.append(chunk, 0, static_cast<std::size_t>(stream.gcount()));
    if (content.size() > max_input_bytes)
      throw std::runtime_error(source + ": larger than 256 MiB: split it");
  }
  if (stream.bad()) throw std::runtime_error(source + ": " + std::strerror(errno));
  return content;
}

Text read_file(const std::string& path) {
  if (path == "-") return {std::string(stdin_name), read_stream(std::cin, std::string(stdin_name))};
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  const std::string shown = printable(path);
  if (!file) throw std::runtime_error(shown + ": " + std::strerror(errno));
  file.exceptions(std::ios::badbit);  // a folder opens, and fails when read
  try {
    return {shown, read_stream(file, shown)};
  } catch (const std::ios_base::failure&) {
    throw std::runtime_error(shown + ": cannot be read: " + std::strerror(errno));
  }
}

TargetList read_targets(const ScanOptions& options) {
  TargetList list;
  TargetParser parser(list);
  for (std::size_t i = 0; i < options.targets.size(); ++i) parser.parse_argument(options.targets[i], i + 1);
  for (const auto& path : options.target_files) {
    const Text text = read_file(path);
    parser.parse_text(text.content, text.source);
  }
  return list;
}

ScopeList read_scope_files(const std::vector<std::string>& paths) {
  ScopeList list;
  for (const auto& path : paths) {
    const Text text = read_file(path);
    list.parse_text(text.content, text.source);
  }
  return list;
}

ScopeList read_exclusions(const ScanOptions& options) {
  ScopeList list = read_scope_files(options.exclude_files);
  for (std::size_t i = 0; i < options.exclude.size(); ++i)
    list.parse_entry(options.exclude[i], {"--exclude", i + 1, 1});
  return list;
}

bool show_errors(const std::vector<InputError>& errors) {
  for (const auto& error : errors) std::cerr << error.to_string() << '\n';
  return !errors.empty();
}

bool too_many(const TargetList& list, std::uint64_t max_targets) {
  const std::uint64_t size = list.expanded_size();
  if (size <= max_targets) return false;
  std::cerr << "edgesurvey: the targets expand to " << count_in_words(size) << " addresses, more than the "
            << max_targets << " allowed: list fewer, or raise --max-targets\n";
  return true;
}

}  // namespace

std::optional<Inputs> read_inputs(const ScanOptions& options) {
  try {
    Inputs inputs{.targets = read_targets(options), .scope = {}};
    std::optional<ScopeList> allow;
    if (!options.scope_files.empty()) allow = read_scope_files(options.scope_files);
    const ScopeList exclude = read_exclusions(options);
    bool wrong = show_errors(inputs.targets.errors);
    if (allow) wrong = show_errors(allow->errors) || wrong;
    wrong = show_errors(exclude.errors) || wrong;
    if (wrong) {
      std::cerr << "edgesurvey: nothing was probed: mend these lines first\n";
      return std::nullopt;
    }
    if (inputs.targets.targets.empty()) {
      std::cerr << "edgesurvey: no targets: the list is empty\n";
      return std::nullopt;
    }
    if (too_many(inputs.targets, options.max_targets)) return std::nullopt;
    inputs.scope = Scope(allow, exclude, options.allow_internal);
    return inputs;
  } catch (const std::runtime_error& error) {
    std::cerr << "edgesurvey: " << error.what() << '\n';
    return std::nullopt;
  }
}

}  // namespace edgesurvey
