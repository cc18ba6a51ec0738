// One name's lookup: both families at once, under one deadline, which waits while we are short of
// descriptors.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>

#include "targets/dns/family_query.hpp"
#include "targets/dns/family_result.hpp"
#include "targets/dns/resolver.hpp"
#include "targets/host_name.hpp"

namespace edgesurvey {

class Lookup : public std::enable_shared_from_this<Lookup> {
 public:
  using Done = std::function<void(NameAnswer)>;

  // Held by a shared_ptr; letting go of it ends the lookup, and done is not called. The options outlive it.
  Lookup(boost::asio::io_context& context, const ResolverOptions& options, HostName name, Done done);

  // done is called once, later, from the io_context.
  void start();

 private:
  // A family that is asked for: its query, until there is a result.
  struct Asked {
    std::shared_ptr<FamilyQuery> query;
    std::optional<FamilyResult> result;
    bool is_open() const { return query != nullptr && !result; }
  };

  void open(Asked& asked, Family family);
  void wait_for_deadline(std::chrono::milliseconds time);
  void time_is_over();
  void close_for_lack_of_time(Asked& asked);
  void finish_if_all_is_known();

  boost::asio::io_context& context_;
  const ResolverOptions& options_;
  const HostName name_;
  Done done_;
  boost::asio::steady_timer deadline_;
  std::chrono::milliseconds patience_left_;
  Asked a_;
  Asked aaaa_;
};

}  // namespace edgesurvey
