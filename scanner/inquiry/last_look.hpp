// The last look at silences that matter, where packets were lost: after the bracket, or ahead of it.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>

#include "scanner/inquiry/agenda.hpp"
#include "scanner/evidence.hpp"
#include "scanner/inquiry/scan_rules.hpp"
#include "scanner/time.hpp"

namespace edgesurvey {

// Between the two tries of a look: what is lost in spells is lost to both if they are close.
inline constexpr Duration between_looks = std::chrono::milliseconds(450);

class LastLook {
 public:
  // All must outlive it. What is to be asked is put on the agenda.
  LastLook(const Evidence& evidence, const ScanRules& rules, Agenda& agenda)
      : evidence_(evidence), rules_(rules), agenda_(agenda) {}

  // At silences before the bracket, from this time on; once, and not after plan() has looked.
  void look_ahead(Time first);
  // After the bracket: what is heard now counts, and what stays silent was bracketed before. Nothing where no
  // packets were lost, or there was look enough.
  void plan(Time now);

 private:
  const Evidence& evidence_;
  const ScanRules& rules_;
  Agenda& agenda_;
  unsigned looks_ = 0;
  std::optional<std::size_t> silences_ahead_;  // at how many was looked ahead; if it was
  std::size_t heard_before_ = 0;               // how many ports had answered before the last look
};

}  // namespace edgesurvey
