#include "targets/host_or_block.hpp"

#include <algorithm>

#include "targets/text/text.hpp"

namespace edgesurvey {
namespace {

constexpr auto npos = std::string_view::npos;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// Written out: std::string_view::find_first_of() takes longer than all the rest.
bool may_be_more_than_target(std::string_view word) {
  return std::any_of(word.begin(), word.end(),
                     [](char c) { return c == ',' || c == ';' || c == ':' || c == '*' || c == '/'; });
}

bool consists_of_digits_and(std::string_view text, std::string_view others) {
  return std::all_of(text.begin(), text.end(),
                     [others](char c) { return is_digit(c) || others.find(c) != npos; });
}

// Digits with what joins them into blocks: never a host name, so better explained as an address.
bool is_meant_as_block(std::string_view word) {
  if (word.find(':') != npos || word.find('[') != npos) return true;
  if (!std::any_of(word.begin(), word.end(), is_digit)) return false;
  const std::size_t slash = word.find('/');
  return slash == npos ? consists_of_digits_and(word, ".-")
                       : consists_of_digits_and(word.substr(0, slash), ".");
}

// Where ":port" begins: after a bracket, or at the only colon (an IPv6 address has at least two).
std::size_t find_port(std::string_view word) {
  if (const std::size_t bracket = word.find("]:"); bracket != npos) return bracket + 1;
  const std::size_t colon = word.find(':');
  return colon != npos && word.find(':', colon + 1) == npos ? colon : npos;
}

std::string_view host_of_url(std::string_view url) {
  url.remove_prefix(url.find("://") + 3);
  url = url.substr(0, url.find_first_of("/?#"));
  if (const std::size_t user = url.rfind('@'); user != npos) url.remove_prefix(user + 1);
  return url.substr(0, find_port(url));
}

std::string write_instead(std::string_view host) {
  return host.empty() ? "" : "; write " + quoted(host);
}

// Things people paste that are more than a target.
std::optional<std::string> explain_more_than_target(std::string_view word) {
  if (word.find_first_of(",;") != npos) return quoted(word) + " looks like a list; write one target a line";
  if (word.find("://") != npos) return quoted(word) + " is a URL" + write_instead(host_of_url(word));
  if (const std::size_t port = find_port(word); port != npos) {
    return quoted(word) + " names a port, but which ports are probed is not chosen by target" +
           write_instead(word.substr(0, port));
  }
  if (word.find('*') != npos) {
    return quoted(word) + (consists_of_digits_and(word, ".*-")
                               ? " has a wildcard; write a block or a range, as 192.0.2.0/24"
                               : " has a wildcard; only a scope or an exclusion may, as '*.domain'");
  }
  if (const std::size_t slash = word.find('/'); slash != npos && !is_meant_as_block(word)) {
    return quoted(word) + " has a path" + write_instead(word.substr(0, slash));
  }
  return std::nullopt;
}

}  // namespace

std::optional<HostOrBlock> parse_host_or_block(std::string_view word, std::string& why) {
  if (may_be_more_than_target(word)) {
    if (auto explanation = explain_more_than_target(word)) {
      why = std::move(*explanation);
      return std::nullopt;
    }
  }
  if (is_meant_as_block(word)) return AddressBlock::parse(word, &why);
  return HostName::parse(word, &why);
}

}  // namespace edgesurvey
