// Targets in, hosts out: names through DNS and scope, literal addresses through scope, every address once.
// DNS runs while probes are under way; what became of each target is told as soon as it is known.
#pragma once

#include <boost/asio/io_context.hpp>
#include <cstddef>
#include <cstdint>
#include <functional>

#include "cli/survey/literal_hosts.hpp"
#include "cli/survey/resolved_hosts.hpp"
#include "cli/survey/same_names.hpp"
#include "scanner/net/engine.hpp"
#include "scanner/survey/survey.hpp"
#include "targets/dns/resolver.hpp"
#include "targets/scope.hpp"
#include "targets/target_list.hpp"

namespace edgesurvey {

class TargetFeed final : public HostFeed {
 public:
  using Told = std::function<void(const Target&, const TargetOutcome&)>;

  // Everything referred to must outlive the feed. The families of dns hold for literal addresses, too. told:
  // once for every target. Throws std::runtime_error when c-ares cannot start.
  TargetFeed(boost::asio::io_context& context, const TargetStore& targets, const Scope& scope,
             const ResolverOptions& dns, Told told);

  // Begins to resolve. on_change: there may be hosts again, or an end; from the io_context.
  void start(std::function<void()> on_change);
  // No more hosts; targets not yet resolved are told to be interrupted.
  void stop();

  Supply next_host(Address& address) override;

  // Hosts known so far, those still to come out included. Names not yet resolved count as one each.
  // Saturates at 2^64 - 1.
  std::uint64_t expected_hosts() const;

 private:
  void resolve_more();
  void take_answer(std::uint32_t target, const NameAnswer& answer);
  TargetOutcome judge_answer(const HostName& name, const NameAnswer& answer) const;
  HostName name_of(std::uint32_t target) const;
  // target: the first with its name.
  void tell_name(std::uint32_t target, TargetOutcome outcome);

  const TargetStore& targets_;
  const Scope& scope_;
  const Told told_;
  const SameNames names_;
  Resolver resolver_;
  std::function<void()> on_change_;
  LiteralHosts literal_;
  ResolvedHosts resolved_;     // those that are not literal
  std::size_t next_name_ = 0;  // of names_.firsts()
  std::size_t in_flight_ = 0;
  bool stopped_ = false;
};

}  // namespace edgesurvey
