// Many short texts, kept without a string each and never moved.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace edgesurvey {

class TextStore {
 public:
  static constexpr std::size_t max_text_bytes = std::numeric_limits<std::uint16_t>::max();

  struct Place {
    std::uint32_t chunk = 0;
    std::uint16_t offset = 0;
    std::uint16_t size = 0;
  };

  // Precondition: the text is not longer than max_text_bytes.
  Place add(std::string_view text);
  std::string_view at(const Place& place) const;

 private:
  std::vector<std::string> chunks_;  // each with all its room from the start
};

}  // namespace edgesurvey
