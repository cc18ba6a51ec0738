#include "tests/lab/farm/kinds.hpp"

#include <array>

namespace edgesurvey::farm {
namespace {

using M = HostMaker;

Ports all() {
  return services_and_range();
}
Ports cls_alone() {
  return services() | ports("50001-50003");
}
Ports cls_and_more(M& m) {
  return services() | ports("50000-50999") | m.opening(300, 3000);
}
// One statement a draw: the operands of | have no order, and a farm must not depend on the compiler.
Ports three_parts(M& m) {
  auto passed = services();
  for (const std::uint32_t most : {2000U, 2000U, 1000U}) passed = passed | m.opening(400, most);
  return passed;
}

const std::array kinds{
    // A: the perimeter passes the range, the host is in stealth mode.
    HostKind{"exposed-stealth", 10, [](M& m) { m.cls().drop(all()); }},
    HostKind{"exposed-some-cls", 4, [](M& m) { m.some_cls().drop(all()); }},
    HostKind{"exposed-cls-alone", 2, [](M& m) { m.cls().refuse_somehow(cls_alone()); }},
    HostKind{"exposed-part", 2, [](M& m) { m.cls().drop(cls_and_more(m)); }},
    HostKind{"exposed-rejecting", 4, [](M& m) { m.cls().stealth_or_not().reject_or_prohibit(all()); }},
    // B: the perimeter passes the range, stealth mode is off.
    HostKind{"exposed-answering", 5, [](M& m) { m.cls().no_stealth().drop(all()); }},
    HostKind{"range-answers", 8, [](M& m) { m.no_stealth().drop(all()); }},
    HostKind{"range-answers-icmp-outside", 3, [](M& m) { m.no_stealth().prohibit(all()); }},
    HostKind{"range-answers-rst-outside", 3, [](M& m) { m.no_stealth().reject(all()); }},
    HostKind{"range-answers-rst-limited", 3, [](M& m) { m.no_stealth().rst_limit().drop(all()); }},
    HostKind{"range-answers-no-service", 2, [](M& m) { m.no_service().no_stealth().drop(all()); }},
    HostKind{"range-part", 5, [](M& m) { m.no_stealth().drop(services() | m.opening(400, 6000)); }},
    HostKind{"range-parts", 4, [](M& m) { m.no_stealth().refuse_somehow(three_parts(m)); }},
    HostKind{"range-small-part", 1, [](M& m) { m.no_stealth().drop(services() | m.opening(100, 200)); }},
    HostKind{"relay-ports", 3, [](M& m) { m.relays(0.2, 0.5).drop(all()); }},
    HostKind{"relay-ports-rare", 1, [](M& m) { m.relays(0.01, 0.3).drop(all()); }},
    HostKind{"relay-ports-some", 1, [](M& m) { m.relays(0.05, 0.5, true).drop(all()); }},
    // C: the perimeter drops the range.
    HostKind{"closed-drop", 12, [](M& m) { m.drop(services()); }},
    // D: the perimeter rejects.
    HostKind{"closed-rst", 6, [](M& m) { m.reject(services()); }},
    HostKind{"closed-rst-near-host", 1, [](M& m) { m.reject(services()).at_the_host(); }},
    HostKind{"closed-rst-limited", 1, [](M& m) { m.reject(services()).refusal_limit(); }},
    HostKind{"closed-icmp", 8, [](M& m) { m.prohibit(services()); }},
    HostKind{"closed-icmp-limited", 2, [](M& m) { m.prohibit(services()).refusal_limit(); }},
    // E: no perimeter.
    HostKind{"exposed-no-firewall", 4, [](M& m) { m.cls().no_stealth(); }},
    HostKind{"no-firewall", 4, [](M& m) { m.no_stealth(); }},
    HostKind{"closed-stealth-only", 2, [](M&) {}},
    // F: something takes every connection.
    HostKind{"syn-proxy", 3, [](M& m) { m.accept_everything(Acceptor::Kind::syn_proxy); }},
    HostKind{"tarpit", 2, [](M& m) { m.accept_everything(Acceptor::Kind::tarpit); }},
    // G: the range is passed, the host blocks CLS itself.
    HostKind{"closed-on-host", 4, [](M& m) { m.drop(all()); }},
    HostKind{"dead", 2, [](M& m) { m.no_service().drop({}); }},
    // Intrusion prevention, over A, B and C.
    HostKind{"ips-exposed", 3, [](M& m) { m.cls().drop(all()).intrusion_prevention(); }},
    HostKind{"ips-range-answers", 2, [](M& m) { m.no_stealth().drop(all()).intrusion_prevention(); }},
    HostKind{"ips-closed", 3, [](M& m) { m.drop(services()).intrusion_prevention(); }},
    // Hosts that die or come up in mid-scan.
    HostKind{"dies-exposed", 1, [](M& m) { m.cls().drop(all()).dies(); }},
    HostKind{"dies-closed", 1, [](M& m) { m.drop(all()).dies(); }},
    HostKind{"comes-up-exposed", 0.5, [](M& m) { m.cls().drop(all()).comes_up(); }},
    HostKind{"comes-up-closed", 0.5, [](M& m) { m.drop(all()).comes_up(); }},
    // CLS ports that answer later than the service. Not drawn unless named: a default farm stays the one that
    // earlier figures were measured on.
    HostKind{"exposed-late", 0, [](M& m) { m.cls().late().drop(all()); }},
    HostKind{"exposed-late-answering", 0, [](M& m) { m.cls().late().no_stealth().drop(all()); }},
};

}  // namespace

std::span<const HostKind> host_kinds() {
  return kinds;
}

}  // namespace edgesurvey::farm
