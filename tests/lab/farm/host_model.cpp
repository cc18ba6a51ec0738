#include "tests/lab/farm/host_model.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "tests/lab/farm/draw.hpp"

namespace edgesurvey::farm {
namespace {

// What a draw is for: part of its key, so that one SYN's fates do not depend on each other. Of the last two
// there is one for each override and step: `nth` keeps them apart.
enum Purpose : std::uint64_t {
  outgoing = 1,
  answer = 2,
  jitter = 3,
  bursts = 4,
  relay = 5,
  duplicate = 6,
  override_share = 7,
  step_share = 8
};
constexpr std::uint64_t nth(Purpose purpose, std::size_t index) {
  return mix(purpose, index);
}

template <typename Made, typename From>
std::optional<Made> make_if(const std::optional<From>& from) {
  return from ? std::optional<Made>(Made(*from)) : std::nullopt;
}

bool is_syn_ack(Answer answer) {
  return answer == Answer::syn_ack || answer == Answer::wrong_syn_ack;
}

Reaction reaction_of(const Override& one) {
  using enum Override::Answer;
  const auto by = one.rtt || one.answer == icmp ? Speaker::firewall : Speaker::host;
  switch (one.answer) {
    case drop:
      break;
    case rst:
      return {.answer = Answer::rst, .speaker = by};
    case icmp:
      return {.answer = Answer::icmp, .speaker = by, .icmp = one.icmp, .from = one.address};
    case accept:
      return {.answer = Answer::syn_ack, .speaker = by};
    case wrong_ack:
      return {.answer = Answer::wrong_syn_ack, .speaker = by};
  }
  return {};
}

}  // namespace

HostModel::HostModel(const Host& host, std::uint64_t seed, std::shared_ptr<Perimeter> shared)
    : host_(host),
      key_(mix(seed, hash_of(host.address))),
      loss_(host.loss, mix(key_, bursts)),
      perimeter_(shared ? std::move(shared) : std::make_shared<Perimeter>(host)),
      rst_bucket_(make_if<TokenBucket>(host.rst_limit)),
      syn_bucket_(make_if<TokenBucket>(host.syn_limit)) {}

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

const Override* HostModel::override_of(const Packet& packet) const {
  for (std::size_t i = 0; i < host_.overrides.size(); ++i) {
    const auto& one = host_.overrides[i];
    if (!one.ports.contains(packet.port)) continue;
    if (one.from_s && packet.since_first < from_s(*one.from_s)) continue;
    if (one.until_s && packet.since_first >= from_s(*one.until_s)) continue;
    if (one.from_syns && counters_.syns <= *one.from_syns) continue;
    if (one.until_syns && counters_.syns > *one.until_syns) continue;
    if (one.share >= 1 || Draw(mix(packet.name, nth(override_share, i))).chance(one.share)) return &one;
  }
  return nullptr;
}

const Rtt& HostModel::rtt_of(Speaker speaker) const {
  if (speaker == Speaker::acceptor) return host_.acceptor->rtt;
  return speaker == Speaker::firewall && host_.firewall ? host_.firewall->rtt : host_.rtt;
}

Time HostModel::distance(const Rtt& rtt, const Packet& packet) const {
  auto total = draw_rtt(rtt, mix(packet.name, jitter));
  for (std::size_t i = 0; i < host_.steps.size(); ++i) {
    const auto& step = host_.steps[i];
    if (packet.since_first < from_s(step.at_s)) continue;
    if (step.ports && !step.ports->contains(packet.port)) continue;
    if (step.share >= 1 || Draw(mix(packet.name, nth(step_share, i))).chance(step.share))
      total += from_ms(step.add_ms);
  }
  return std::max(total, Time{0});
}

Reaction HostModel::refuse(Time now) {
  using enum Firewall::Refusal;
  const auto& firewall = *host_.firewall;
  if (firewall.refusal == drop) return {};
  if (perimeter_->refusals && !perimeter_->refusals->take(now)) return {};
  if (firewall.refusal == rst) return {.answer = Answer::rst, .speaker = Speaker::firewall};
  return {
      .answer = Answer::icmp, .speaker = Speaker::firewall, .icmp = firewall.icmp, .from = firewall.address};
}

Reaction HostModel::block() const {
  if (!host_.ips->resets) return {};
  return {.answer = Answer::rst, .speaker = Speaker::firewall};
}

// From the outside in: what meets the SYN first decides.
Reaction HostModel::decide(const Packet& packet) {
  const auto& acceptor = host_.acceptor;
  if (acceptor && acceptor->ports.contains(packet.port))
    return {.answer = Answer::syn_ack,
            .speaker = Speaker::acceptor,
            .then_reset = acceptor->kind == Acceptor::Kind::resetter};
  if (!host_.passed(packet.port)) return refuse(packet.now);
  if (!alive(packet.since_first)) return {};
  if (syn_bucket_ && !syn_bucket_->take(packet.now)) {
    ++counters_.syns_limited;
    return {};
  }
  if (listening(packet.port, packet.since_first)) return {.answer = Answer::syn_ack};
  if (host_.stealth || (rst_bucket_ && !rst_bucket_->take(packet.now))) return {};
  return {.answer = Answer::rst};
}

// As decide(), with what the perimeter remembers and what overrides it.
Reaction HostModel::meet(const Ip& source, const Packet& packet) {
  auto& ips = perimeter_->ips;
  if (perimeter_->syns && !perimeter_->syns->take(packet.now)) {
    ++counters_.syns_limited;
    return {};
  }
  if (ips && !host_.ips->spares.contains(packet.port) && ips->blocks(source, packet.now)) {
    ++counters_.syns_blocked;
    auto reaction = block();
    if (reaction.answer != Answer::silence) reaction.after = distance(rtt_of(reaction.speaker), packet);
    return reaction;
  }
  const auto* overridden = override_of(packet);
  auto reaction = overridden ? reaction_of(*overridden) : decide(packet);
  if (ips) ips->saw(source, mix(key_, packet.port), reaction.answer != Answer::syn_ack, packet.now);
  if (reaction.answer == Answer::silence) return reaction;
  const auto& rtt = !overridden ? rtt_of(reaction.speaker) : overridden->rtt ? *overridden->rtt : host_.rtt;
  reaction.after = distance(rtt, packet);
  if (answers_late(reaction, packet.port)) reaction.after += from_ms(host_.late->ms);
  return reaction;
}

void HostModel::count(const Reaction& reaction) {
  counters_.syn_acks += is_syn_ack(reaction.answer) ? 1U : 0U;
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
  const Packet packet{port, mix(mix(key_, port), attempt), now - *counters_.first, now};

  if (loss_.loses_outgoing(packet.since_first, mix(packet.name, outgoing))) {
    ++counters_.syns_lost;
    return {};
  }
  auto reaction = meet(source, packet);
  if (reaction.answer == Answer::silence) return reaction;
  if (loss_.loses_answer(packet.since_first + reaction.after, mix(packet.name, answer))) {
    ++counters_.answers_lost;
    return {};
  }
  const auto& duplicates = host_.duplicates;
  if (duplicates && Draw(mix(packet.name, duplicate)).chance(duplicates->share))
    reaction.again = from_ms(duplicates->after_ms);
  count(reaction);
  return reaction;
}

std::optional<Time> HostModel::follow_up(const Ip& source, std::uint16_t port, std::uint64_t packet,
                                         Time now) {
  const auto since_first = counters_.first ? now - *counters_.first : Time{0};
  if (perimeter_->ips && perimeter_->ips->blocks(source, now)) return std::nullopt;
  const bool at_acceptor = host_.acceptor && host_.acceptor->ports.contains(port);
  if (!at_acceptor && !alive(since_first)) return std::nullopt;
  return distance(rtt_of(at_acceptor ? Speaker::acceptor : Speaker::host),
                  {port, mix(key_, packet), since_first, now});
}

std::vector<HostModel> models_of(const Spec& spec) {
  std::map<std::string, std::shared_ptr<Perimeter>> groups;
  std::vector<HostModel> models;
  models.reserve(spec.hosts.size());
  for (const auto& host : spec.hosts) {
    std::shared_ptr<Perimeter> shared;
    if (!host.group.empty()) {
      auto& perimeter = groups[host.group];
      if (!perimeter) perimeter = std::make_shared<Perimeter>(host);
      shared = perimeter;
    }
    models.emplace_back(host, spec.seed, shared);
  }
  return models;
}

}  // namespace edgesurvey::farm
