// Runs a resolver until it has answered, and says so if it does not.
#pragma once

#include <boost/asio/io_context.hpp>
#include <chrono>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "support/catch.hpp"
#include "targets/dns/resolver.hpp"

namespace edgesurvey::testing {

inline constexpr std::chrono::seconds patience{20};

inline HostName host(std::string_view text) {
  const auto name = HostName::parse(text);
  if (!name) throw std::runtime_error("no host name: " + std::string(text));
  return *name;
}

// Runs handlers until the condition holds.
template <typename Condition>
void run_until(boost::asio::io_context& context, Condition condition) {
  const auto end = std::chrono::steady_clock::now() + patience;
  while (!condition()) {
    const auto left = end - std::chrono::steady_clock::now();
    if (left.count() <= 0) throw std::runtime_error("waited in vain");
    if (context.stopped()) context.restart();
    context.run_one_for(left);
  }
}

inline NameAnswer look_up(boost::asio::io_context& context, Resolver& resolver, std::string_view name) {
  std::optional<NameAnswer> answer;
  resolver.resolve(host(name), [&answer](NameAnswer given) {
    REQUIRE_FALSE(answer.has_value());
    answer = std::move(given);
  });
  run_until(context, [&answer] { return answer.has_value(); });
  return *answer;
}

inline std::vector<std::string> texts(const std::vector<Address>& addresses) {
  std::vector<std::string> shown;
  for (const Address& address : addresses) shown.push_back(address.to_string());
  return shown;
}

inline std::vector<std::string> texts(const std::vector<HostName>& names) {
  std::vector<std::string> shown;
  for (const HostName& name : names) shown.push_back(name.ascii());
  return shown;
}

using Texts = std::vector<std::string>;

// For servers that answer: a busy machine may take its time.
inline ResolverOptions patient(std::vector<NameServer> servers) {
  ResolverOptions options;
  options.servers = std::move(servers);
  options.try_timeout = std::chrono::seconds(5);
  options.deadline = std::chrono::seconds(15);
  return options;
}

// For servers whose silence the test has to sit through.
inline ResolverOptions impatient(std::vector<NameServer> servers) {
  ResolverOptions options;
  options.servers = std::move(servers);
  options.try_timeout = std::chrono::milliseconds(100);
  options.deadline = std::chrono::milliseconds(5000);
  return options;
}

}  // namespace edgesurvey::testing
