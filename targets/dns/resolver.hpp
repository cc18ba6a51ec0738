// Names to addresses: c-ares driven by the caller's io_context. Nothing here decides what may be probed
// (scope does); the resolver says what DNS says, or why it could not.
#pragma once

#include <boost/asio/io_context.hpp>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "targets/address.hpp"
#include "targets/dns/resolver_options.hpp"
#include "targets/host_name.hpp"
#include "targets/skip_reason.hpp"

namespace edgesurvey {

struct NameAnswer {
  // Every A and AAAA record, each once, ascending, IPv4 first.
  std::vector<Address> addresses;
  // The CNAME chain, without the name asked for. One that is no host name stands in detail instead.
  std::vector<HostName> aliases;
  // Set when addresses is empty: nxdomain, no_address, dns_timeout, dns_failure, interrupted.
  std::optional<SkipReason> failure;
  // For people: which family failed and how, when only one did, or why both did; printable.
  std::string detail;
};

class Resolver {
 public:
  using Done = std::function<void(NameAnswer)>;

  // The context must outlive the resolver. Throws std::runtime_error when c-ares cannot start.
  Resolver(boost::asio::io_context& context, ResolverOptions options);
  // No done is called any more. May be called from inside a done.
  ~Resolver();
  Resolver(const Resolver&) = delete;
  Resolver& operator=(const Resolver&) = delete;

  // Looks a name up, as it is: search domains are never tried. done is called exactly once, from the
  // io_context, never from inside resolve().
  void resolve(const HostName& name, Done done);
  // Ends every lookup now with SkipReason::interrupted. Their done calls come from the io_context, too.
  void cancel();
  // Names whose done has not been called yet.
  std::size_t pending() const;

 private:
  class Impl;
  std::shared_ptr<Impl> impl_;
};

}  // namespace edgesurvey
