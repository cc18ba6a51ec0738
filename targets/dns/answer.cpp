#include "targets/dns/answer.hpp"

#include <arpa/nameser.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "targets/dns/message_reader.hpp"
#include "targets/text/text.hpp"

namespace edgesurvey {
namespace {

constexpr std::size_t max_name_shown = 253;

struct Alias {
  std::string owner;
  std::string target;
};

struct OwnedAddress {
  std::string owner;
  Address address;
};

struct Records {
  std::vector<Alias> aliases;
  std::vector<OwnedAddress> addresses;
};

Answer failure(std::string why) {
  Answer answer;
  answer.notes.push_back(std::move(why));
  return answer;
}

std::string rcode_name(unsigned rcode) {
  static constexpr std::array<std::string_view, 6> names = {"NOERROR",  "FORMERR", "SERVFAIL",
                                                            "NXDOMAIN", "NOTIMP",  "REFUSED"};
  return rcode < names.size() ? std::string(names[rcode]) : "RCODE " + std::to_string(rcode);
}

std::optional<Address> address_in(const Record& record) {
  const auto& data = record.data;
  if (record.type == ns_t_a) {
    std::array<std::uint8_t, 4> bytes{};
    if (data.size() != bytes.size()) return std::nullopt;
    std::copy(data.begin(), data.end(), bytes.begin());
    return Address::v4(bytes);
  }
  Address::Bytes bytes{};
  if (data.size() != bytes.size()) return std::nullopt;
  std::copy(data.begin(), data.end(), bytes.begin());
  return Address::v6(bytes);
}

// The aliases and addresses among the records; nullopt when one's data is not what its type promises.
std::optional<Records> sort(const std::vector<Record>& answers, Family family) {
  Records records;
  const unsigned address_type = family == Family::ipv4 ? ns_t_a : ns_t_aaaa;
  for (const Record& record : answers) {
    if (record.rr_class != ns_c_in) continue;
    if (record.type == ns_t_cname) {
      if (!record.name) return std::nullopt;
      records.aliases.push_back({record.owner, *record.name});
    } else if (record.type == address_type) {
      const auto address = address_in(record);
      if (!address) return std::nullopt;
      records.addresses.push_back({record.owner, *address});
    }
  }
  return records;
}

bool contains(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// The names reached from the one asked for, itself first, whatever order the records stand in. An owner with
// two CNAMEs is against RFC 1034; both are followed, so that none escapes the scope's check.
struct Chain {
  std::vector<std::string> names;
  bool loops = false;
  bool too_long = false;
};

Chain follow(const std::vector<Alias>& aliases, std::string asked) {
  Chain chain;
  chain.names.push_back(std::move(asked));
  for (std::size_t i = 0; i < chain.names.size(); ++i) {
    for (const Alias& alias : aliases) {
      if (alias.owner != chain.names[i]) continue;
      const auto seen = std::find(chain.names.begin(), chain.names.end(), alias.target);
      if (seen == chain.names.end()) {
        chain.too_long = chain.names.size() > max_alias_chain;
        if (chain.too_long) return chain;
        chain.names.push_back(alias.target);
      } else if (seen - chain.names.begin() <= static_cast<std::ptrdiff_t>(i)) {
        chain.loops = true;
      }
    }
  }
  return chain;
}

void add_aliases(const Chain& chain, Answer& answer) {
  for (auto name = chain.names.begin() + 1; name != chain.names.end(); ++name) {
    if (auto host = HostName::parse(*name))
      answer.aliases.push_back(std::move(*host));
    else
      answer.notes.push_back("an alias is no host name: " + quoted(*name, max_name_shown));
  }
}

void add_addresses(const Records& records, const Chain& chain, Answer& answer) {
  std::size_t left_out = 0;
  for (const OwnedAddress& record : records.addresses) {
    if (!contains(chain.names, record.owner)) continue;
    auto& taken = answer.addresses;
    if (std::find(taken.begin(), taken.end(), record.address) != taken.end()) continue;
    if (taken.size() < max_addresses_per_answer)
      taken.push_back(record.address);
    else
      ++left_out;
  }
  if (left_out != 0)
    answer.notes.push_back("only the first " + std::to_string(max_addresses_per_answer) +
                           " addresses are taken, " + std::to_string(left_out) + " records left out");
}

std::string lower_case(std::string_view text) {
  std::string lowered(text);
  for (char& c : lowered)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return lowered;
}

}  // namespace

Answer read_answer(std::span<const std::uint8_t> message, std::string_view asked, Family family) {
  const auto read = read_message(message);
  if (!read || !read->is_response) return failure("unreadable answer");
  const bool nxdomain = read->rcode == ns_r_nxdomain;
  if (read->rcode != 0 && !nxdomain) return failure(rcode_name(read->rcode));
  const auto records = read->answers ? sort(*read->answers, family) : std::nullopt;
  if (!records) return failure("unreadable answer");

  const Chain chain = follow(records->aliases, lower_case(asked));
  if (chain.too_long)
    return failure("more than " + std::to_string(max_alias_chain) + " aliases (CNAME) after each other");
  if (chain.loops) return failure("the aliases (CNAME) lead in a circle");

  Answer answer;
  add_aliases(chain, answer);
  if (!nxdomain) add_addresses(*records, chain, answer);
  if (read->truncated) answer.notes.emplace_back("the answer was cut short by the server");
  if (nxdomain)
    answer.kind = Answer::Kind::nxdomain;
  else
    answer.kind = answer.addresses.empty() ? Answer::Kind::no_address : Answer::Kind::addresses;
  return answer;
}

}  // namespace edgesurvey
