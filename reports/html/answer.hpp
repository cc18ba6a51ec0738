// What a port answered, in the few kinds that the page tells apart by colour and by shape.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "scanner/evidence.hpp"

namespace edgesurvey::html {

enum class Answer : std::uint8_t { open, refused, rejected, silent, unknown };
inline constexpr std::array all_answers{Answer::open, Answer::refused, Answer::rejected, Answer::silent,
                                        Answer::unknown};

Answer answer_of(const PortEvidence& port);

// A CSS class of one letter: it stands some ten times in every host.
std::string_view css_class(Answer answer);
// "refused (RST)": for the key of a strip.
std::string_view title(Answer answer);

// What is said of a port after its number: "open, 20.5 ms", "silent, 3 tries".
std::string in_words(const PortEvidence& port);
// "20.5 ms"
std::string milliseconds(Duration duration);

}  // namespace edgesurvey::html
