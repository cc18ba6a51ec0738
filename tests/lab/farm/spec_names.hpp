// How a spec file spells each closed set.
#pragma once

#include <array>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include "tests/lab/farm/spec.hpp"

namespace edgesurvey::farm {

template <typename Value, std::size_t N>
using Names = std::array<std::pair<std::string_view, Value>, N>;

inline constexpr Names<Rtt::Shape, 2> shapes{
    {{"gamma", Rtt::Shape::gamma}, {"lognormal", Rtt::Shape::lognormal}}};
inline constexpr Names<Firewall::Refusal, 3> refusals{
    {{"drop", Firewall::Refusal::drop}, {"rst", Firewall::Refusal::rst}, {"icmp", Firewall::Refusal::icmp}}};
inline constexpr Names<Ips::Counts, 2> counts{
    {{"ports", Ips::Counts::ports}, {"refused", Ips::Counts::refused}}};
inline constexpr Names<Acceptor::Kind, 3> acceptors{{{"syn-proxy", Acceptor::Kind::syn_proxy},
                                                     {"tarpit", Acceptor::Kind::tarpit},
                                                     {"resetter", Acceptor::Kind::resetter}}};
inline constexpr Names<Override::Answer, 5> override_answers{{{"drop", Override::Answer::drop},
                                                              {"rst", Override::Answer::rst},
                                                              {"icmp", Override::Answer::icmp},
                                                              {"accept", Override::Answer::accept},
                                                              {"wrong-ack", Override::Answer::wrong_ack}}};
inline constexpr Names<Greeting::Act, 4> acts{{{"idle", Greeting::Act::idle},
                                               {"send", Greeting::Act::send},
                                               {"fin", Greeting::Act::fin},
                                               {"rst", Greeting::Act::rst}}};

template <typename Value, std::size_t N>
std::string name_of(const Names<Value, N>& names, Value value) {
  for (const auto& [name, candidate] : names)
    if (candidate == value) return std::string(name);
  throw std::logic_error("a value without a name");
}

}  // namespace edgesurvey::farm
