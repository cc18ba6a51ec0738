#include "tests/lab/farm/host_model.hpp"

#include <algorithm>

#include "tests/lab/farm/draw.hpp"

namespace edgesurvey::farm {
namespace {

// What a draw is for: part of its key, so that one SYN's fates do not depend on each other.
enum Purpose : std::uint64_t { outgoing = 1, answer = 2, jitter = 3, bursts = 4, relay = 5, node = 6 };

template <typename Made, typename From>
std::optional<Made> make_if(const std::optional<From>& from) {
  return from ? std::optional<Made>(Made(*from)) : std::nullopt;
}

}  // namespace

HostModel::HostModel(const Host& host, std::uint64_t seed)
    : host_(host),
      key_(mix(seed, hash_of(host.address))),
      loss_(host.loss, mix(key_, bursts)),
      ips_(make_if<IntrusionPrevention>(host.ips)),
      rst_bucket_(make_if<TokenBucket>(host.rst_limit)),
      firewall_bucket_(host.firewall ? make_if<TokenBucket>(host.firewall->limit) : std::nullopt) {}

bool HostModel::alive(Time since_first) const {
  const auto& life = host_.life;
  if (life.up_at_s && since_first < from_s(*life.up_at_s)) return false;
  if (life.up_after_syns && counters_.syns <= *life.up_after_syns) return false;
  if (life.dies_at_s && since_first >= from_s(*life.dies_at_s)) return false;
  return !life.dies_after_syns || counters_.syns <= *life.dies_after_syns;
}

bool HostModel::listening(std::uint16_t port, Time since_first) {
  if (host_.open.contains(port)) return true;
  if (!host_.relays || !host_.relays->ports.contains(port)) return false;
  const auto& relays = *host_.relays;
  const auto times =
      relays_.try_emplace(port, relays.mean_open_s, relays.mean_closed_s, mix(mix(key_, relay), port)).first;
  return times->second.on(since_first);
}

bool HostModel::answers_late(const Reaction& reaction, std::uint16_t port) const {
  return host_.late && reaction.answer == Answer::syn_ack && reaction.speaker == Speaker::host &&
         host_.late->ports.contains(port);
}

Time HostModel::distance(Speaker speaker, std::uint64_t packet, Time since_first) const {
  const Rtt& rtt = speaker == Speaker::firewall   ? host_.firewall->rtt
                   : speaker == Speaker::acceptor ? host_.acceptor->rtt
                                                  : host_.rtt;
  auto total = draw_rtt(rtt, mix(packet, jitter));
  for (const auto& step : host_.steps)
    if (since_first >= from_s(step.at_s)) total += from_ms(step.add_ms);
  return std::max(total, Time{0});
}

Reaction HostModel::refuse(Time now) {
  using enum Firewall::Refusal;
  const auto& firewall = *host_.firewall;
  if (firewall.refusal == drop) return {};
  if (firewall_bucket_ && !firewall_bucket_->take(now)) return {};
  return {firewall.refusal == rst ? Answer::rst : Answer::icmp, Speaker::firewall, Time{0}};
}

// From the outside in: what meets the SYN first decides.
Reaction HostModel::decide(std::uint16_t port, Time now) {
  if (host_.acceptor && host_.acceptor->ports.contains(port))
    return {Answer::syn_ack, Speaker::acceptor, Time{0}};
  if (!host_.passed(port)) return refuse(now);
  const auto since_first = now - *counters_.first;
  if (!alive(since_first)) return {};
  if (listening(port, since_first)) return {Answer::syn_ack, Speaker::host, Time{0}};
  if (host_.stealth || (rst_bucket_ && !rst_bucket_->take(now))) return {};
  return {Answer::rst, Speaker::host, Time{0}};
}

bool HostModel::refused_in_passing(std::uint16_t port, std::uint64_t packet, Time since_first) const {
  const auto& passing = host_.passing_refusal;
  if (!passing || !passing->ports.contains(port)) return false;
  return since_first < from_s(passing->until_s) || Draw(mix(packet, node)).chance(passing->share);
}

Reaction HostModel::passing_refusal() const {
  const bool icmp = host_.passing_refusal->refusal == Firewall::Refusal::icmp;
  return {icmp ? Answer::icmp : Answer::rst, Speaker::host, Time{0}};
}

void HostModel::count(const Reaction& reaction) {
  counters_.syn_acks += reaction.answer == Answer::syn_ack ? 1 : 0;
  counters_.rsts += reaction.answer == Answer::rst ? 1 : 0;
  counters_.icmps += reaction.answer == Answer::icmp ? 1 : 0;
}

Reaction HostModel::on_syn(const Ip& source, std::uint16_t port, Time now) {
  ++counters_.syns;
  counters_.per_1s.count(now);
  counters_.per_5s.count(now);
  counters_.last = now;
  if (!counters_.first) counters_.first = now;
  const auto attempt = counters_.ports.count(port);
  const auto packet = mix(mix(key_, port), attempt);
  const auto since_first = now - *counters_.first;

  if (loss_.loses_outgoing(since_first, mix(packet, outgoing))) {
    ++counters_.syns_lost;
    return {};
  }
  if (ips_ && !host_.ips->spares.contains(port) && ips_->blocks(source, now)) {
    ++counters_.syns_blocked;
    return {};
  }
  auto reaction = refused_in_passing(port, packet, since_first) ? passing_refusal() : decide(port, now);
  if (ips_) ips_->saw(source, port, reaction.answer != Answer::syn_ack, now);
  if (reaction.answer == Answer::silence) return reaction;
  reaction.after = distance(reaction.speaker, packet, since_first);
  if (answers_late(reaction, port)) reaction.after += from_ms(host_.late->ms);
  if (loss_.loses_answer(since_first + reaction.after, mix(packet, answer))) {
    ++counters_.answers_lost;
    return {};
  }
  count(reaction);
  return reaction;
}

std::optional<Time> HostModel::follow_up(const Ip& source, std::uint16_t port, std::uint64_t packet,
                                         Time now) {
  const auto since_first = counters_.first ? now - *counters_.first : Time{0};
  if (ips_ && ips_->blocks(source, now)) return std::nullopt;
  const bool at_acceptor = host_.acceptor && host_.acceptor->ports.contains(port);
  if (!at_acceptor && !alive(since_first)) return std::nullopt;
  return distance(at_acceptor ? Speaker::acceptor : Speaker::host, mix(key_, packet), since_first);
}

}  // namespace edgesurvey::farm
