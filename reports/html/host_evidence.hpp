// What is known about a host: why the verdict, what to do, and what every probe saw.
#pragma once

#include <string>

#include "reports/html/host_labels.hpp"
#include "scanner/survey/host_report.hpp"

namespace edgesurvey::html {

// Appends flow content. It is put into the page from a <noscript>, so it must not hold another one.
void append_host_evidence(std::string& out, const HostReport& host, const HostLabels::Label& label);

}  // namespace edgesurvey::html
