// When further ports of the sample could change neither the verdict nor what is known of the range.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "scanner/evidence.hpp"

namespace edgesurvey {

// Whether half a sample of this size may be enough by the rules below.
bool half_may_do(std::size_t half);

// A dozen sample ports accepted, and so did every control: a middlebox accepts on every port, and the rest of
// the sample is pointless. Asked of the first `asked` ports of the evidence, of which the sample comes last.
bool accepts_everything(const Evidence& evidence, std::size_t asked);

// What the first half of a sample has shown. It stands at equal distances, so it finds every contiguous
// opening, or gap, that the whole sample is sure to find; the rest would narrow the interval of a share near
// 0 or 1, from 0-10.9 % to 0-5.6 % for 64 ports.
struct HalfWay {
  enum class Kind : std::uint8_t {
    awaited,  // too much of it, as yet
    alike,   // all of it has answered, and alike: rejected by ICMP, or refused by the host or by something in
             // front of it. The rest would change no verdict
    silent,  // no answer, and more silences than a few lost packets. See silence_decides()
    mixed,  // some was passed and some was not, or is so late that it looks so; few silences only after three
            // tries. The rest is worth asking
  };
  Kind kind = Kind::awaited;
  bool any_answer = false;
  bool any_awaited = false;
  // Of a half that is awaited: silences among answers, as indices into the evidence. Few enough to be lost
  // packets, which asking again, and once more, tells for fewer SYNs than the rest of the sample. A first try
  // is doubted once later ones have been answered, whether or not it was given up.
  std::vector<std::size_t> doubtful;
};

// Of the first half of the sample, ports [first, first + half) of the evidence.
HalfWay half_way(const Evidence& evidence, std::size_t first, std::size_t half);

// Whether silence in the range would be what the verdict rests on: something shows that there is a host, and
// the agent does not. Then half a sample is too few. A host in stealth mode leaves all silent but
// ports of its media relay that are in use, here and there: if one port in twenty is, 32 ports miss them all
// with 0.95^32 = 19 %, 64 with 3.8 %.
bool silence_decides(const Evidence& evidence);
// Whether the agent shows itself, the range being silent: at two CLS ports at least.
bool agent_shows(const Evidence& evidence);

}  // namespace edgesurvey
