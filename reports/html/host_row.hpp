// A host in the page's table: a row of facts, and below it the evidence, opened on demand.
#pragma once

#include <string>

#include "reports/html/host_labels.hpp"
#include "reports/survey/judged_policy.hpp"
#include "scanner/survey/host_report.hpp"

namespace edgesurvey::html {

struct HostColumns {
  bool organisation = false;             // a column of its own, where the survey has any
  const JudgedPolicy* policy = nullptr;  // its decisions have a column, where the survey has one
  int count() const { return 7 + (organisation ? 1 : 0) + (policy != nullptr ? 1 : 0); }
};

// The table's <thead>.
std::string host_table_head(const HostColumns& columns);

// One <tbody>. The evidence lies in a <noscript>: to a browser that runs the script it is a single string
// until the row is opened, which is what lets 25,000 hosts open; any other browser shows it as it is.
std::string host_row(const HostReport& host, const HostLabels::Label& label, const HostColumns& columns);

// What is known about a host (host_evidence.cpp): why the verdict, what to do, and what every probe saw.
// Appends flow content. It is put into the page from a <noscript>, so it must not hold another one.
void append_host_evidence(std::string& out, const HostReport& host, const HostLabels::Label& label);

}  // namespace edgesurvey::html
