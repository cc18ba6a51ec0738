// One judged address as nmap's host element.
#pragma once

#include <pugixml.hpp>

#include "reports/survey/judged_policy.hpp"
#include "scanner/survey/host_report.hpp"

namespace edgesurvey {

// nmap.dtd: (up | down | unknown). Whoever answers anything is up; unknown is our own failure.
enum class NmapHostState : std::uint8_t { up, down, unknown };
NmapHostState nmap_host_state(const Evidence& evidence);

// policy: null for none.
pugi::xml_node append_nmap_host(pugi::xml_document& document, const HostReport& host,
                                const JudgedPolicy* policy);

}  // namespace edgesurvey
