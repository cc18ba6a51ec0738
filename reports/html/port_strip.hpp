// The media relay range drawn as a strip: every sampled port a mark, its colour, height and place telling
// what it answered. Marks of different kinds differ in shape as well, for those who cannot tell the colours.
#pragma once

#include <string>

#include "scanner/evidence.hpp"

namespace edgesurvey::html {

// The <svg>, hidden from screen readers: strip_key() says it in words. One path for each kind of answer; a
// run of neighbouring ports is one mark, so that a scan of all 10,000 ports stays small.
std::string strip_svg(const Evidence& evidence);

// The kinds of answers with their counts, as a list; and of every kind but the commonest, the ports.
std::string strip_key(const Evidence& evidence);

}  // namespace edgesurvey::html
