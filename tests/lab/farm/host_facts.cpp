#include "tests/lab/farm/host_facts.hpp"

#include <algorithm>

#include "tests/lab/farm/chance.hpp"

namespace edgesurvey::farm {
namespace {

constexpr std::uint16_t first_service = 443;

const Ports& media_ports() {
  static const Ports ports({media_range});
  return ports;
}

const Override* override_of_range(const Host& host) {
  const auto found = std::find_if(host.overrides.begin(), host.overrides.end(), [](const Override& one) {
    return one.always() && mostly(one.ports, media_ports());
  });
  return found == host.overrides.end() ? nullptr : &*found;
}

// Sooner by more than jitter explains: far is how much later the mean of the one comes.
Gap gap_between(const Rtt& near, const Rtt& far, double offset_ms) {
  const double gap = (far.ms + far.jitter_ms + offset_ms) - (near.ms + near.jitter_ms);
  const double spread = jitter_deviation_ms(far) + jitter_deviation_ms(near);
  if (gap > std::max(1.0, 3 * spread)) return Gap::clear;
  return gap > std::max(0.3, 0.5 * spread) ? Gap::grey : Gap::none;
}

// The distance of what refuses the range in front of the host; none without such.
std::optional<Rtt> refuser(const Host& host) {
  if (const auto* one = override_of_range(host)) return one->rtt.value_or(host.rtt);
  return host.firewall ? std::optional(host.firewall->rtt) : std::nullopt;
}

}  // namespace

const Ports& cls_ports() {
  static const Ports ports({{first_cls_port, last_cls_port}});
  return ports;
}
const Ports& service_ports() {
  static const Ports ports({{first_service, first_service}, {3478, 3478}, {5061, 5061}});
  return ports;
}
const Ports& outside_range() {
  static const Ports ports({{1, media_range.first - 1}, {media_range.last + 1, 65535}});
  return ports;
}
const Ports& every_port() {
  static const Ports ports({{1, 65535}});
  return ports;
}

bool mostly(const Ports& part, const Ports& whole) {
  return (part & whole).count() >= 0.99 * whole.count();
}

Ports always_answered(const Host& host, Override::Answer answer) {
  Ports ports;
  for (const auto& one : host.overrides)
    if (one.always() && one.answer == answer) ports = ports | one.ports;
  return ports;
}

Ports always_refused(const Host& host) {
  using enum Override::Answer;
  Ports ports;
  for (const auto answer : {drop, rst, icmp, wrong_ack}) ports = ports | always_answered(host, answer);
  return ports;
}

Ports passed_by(const Host& host) {
  const auto& passes = host.firewall ? host.firewall->passes : every_port();
  const auto refused = always_refused(host);
  return refused.empty() ? passes : passes - refused;
}

bool has_service(const Host& host) {
  return !(host.open & service_ports() & passed_by(host)).empty();
}

Firewall::Refusal refusal_of(const Host& host) {
  using enum Firewall::Refusal;
  if (const auto* one = override_of_range(host))
    return one->answer == Override::Answer::rst ? rst : one->answer == Override::Answer::icmp ? icmp : drop;
  return host.firewall ? host.firewall->refusal : drop;
}

bool refused_in_range_alone(const Host& host) {
  return override_of_range(host) != nullptr && host.firewall && host.firewall->refusal != refusal_of(host);
}

double front_offset_ms(const Host& host) {
  double offset = 0;
  for (const auto& step : host.steps)
    if (step.at_s <= 0 && step.share >= 1 && step.ports && step.ports->contains(first_service) &&
        (*step.ports & media_ports()).empty())
      offset += step.add_ms;
  return offset;
}

Gap refusal_gap(const Host& host) {
  const auto near = refuser(host);
  return near ? gap_between(*near, host.rtt, front_offset_ms(host)) : Gap::none;
}

Gap gap_to_host(const Host& host) {
  const auto near = refuser(host);
  return near ? gap_between(*near, host.rtt, 0) : Gap::none;
}

bool host_before_service(const Host& host) {
  return gap_between(host.rtt, host.rtt, front_offset_ms(host)) != Gap::none;
}

}  // namespace edgesurvey::farm
