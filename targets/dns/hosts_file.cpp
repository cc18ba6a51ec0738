#include "targets/dns/hosts_file.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>

namespace edgesurvey {
namespace {

constexpr std::string_view blanks = " \t\r";

// Takes the next word off the line's front; empty at its end.
std::string_view take_word(std::string_view& line) {
  line.remove_prefix(std::min(line.find_first_not_of(blanks), line.size()));
  const std::string_view word = line.substr(0, line.find_first_of(blanks));
  line.remove_prefix(word.size());
  return word;
}

}  // namespace

HostsFile HostsFile::parse(std::string_view text) {
  HostsFile file;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    file.parse_line(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return file;
}

HostsFile HostsFile::read(const std::string& path) {
  std::ifstream stream(path, std::ios::binary);
  return parse(std::string(std::istreambuf_iterator<char>(stream), {}));
}

void HostsFile::parse_line(std::string_view line) {
  line = line.substr(0, line.find('#'));
  const auto address = Address::parse(take_word(line));
  if (!address) return;
  for (std::string_view word = take_word(line); !word.empty(); word = take_word(line)) {
    const auto name = HostName::parse(word);
    if (!name) continue;
    auto& known = addresses_[name->ascii()];
    if (std::find(known.begin(), known.end(), *address) == known.end()) known.push_back(*address);
  }
}

std::vector<Address> HostsFile::find(const HostName& name) const {
  const auto found = addresses_.find(name.ascii());
  if (found == addresses_.end()) return {};
  std::vector<Address> addresses = found->second;
  std::stable_partition(addresses.begin(), addresses.end(), [](const Address& a) { return a.is_v4(); });
  return addresses;
}

}  // namespace edgesurvey
