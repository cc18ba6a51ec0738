// Between the farm's addresses and times and the scanner's.
#pragma once

#include "scanner/time.hpp"
#include "targets/address.hpp"
#include "tests/lab/farm/spec.hpp"

namespace edgesurvey::virtual_farm {

inline Address address_of(const farm::Ip& ip) {
  return *Address::parse(to_string(ip));
}

inline farm::Time farm_time(Time time) {
  return std::chrono::duration_cast<farm::Time>(time.time_since_epoch());
}

}  // namespace edgesurvey::virtual_farm
