// A survey written in each of the formats that reports/format.hpp lists, but for the HTML page. All of them
// may throw ReadError, and what out throws.
#pragma once

#include <iosfwd>
#include <string_view>

#include "reports/survey/report_input.hpp"
#include "reports/text/terminal.hpp"

namespace edgesurvey {

// The survey as CSV (RFC 4180): a row for every target and address, in input order.
//
// A target that was not probed has one row, without an address: verdict "skipped", reason why. With a policy
// a column "policy" follows the others: broken, waived, undecided or kept.
void write_csv(const ReportInput& input, std::ostream& out);

// The whole result as JSON, schema "edgesurvey/1" (schema/edgesurvey-1.schema.json). A line a target and a
// line a host: the file greps, diffs and streams.
void write_json(const ReportInput& input, std::ostream& out);

// One host a line, without the rest: for jq -c, log shippers and the like. With a policy each says what was
// decided of it (write_decision in policy_json.hpp).
void write_ndjson(const ReportInput& input, std::ostream& out);

// The survey as JUnit XML, in the subset that Jenkins, GitLab and Azure DevOps all read: testsuites,
// testsuite, testcase, and in it failure, error or skipped (junit_case.hpp says which is which).
void write_junit(const ReportInput& input, std::ostream& out);

// The survey in short as Markdown, fit for a pull request's comment (GitHub allows 65,536 characters, and
// this stays below whatever the survey's size) or for $GITHUB_STEP_SUMMARY.
void write_markdown(const ReportInput& input, std::ostream& out);

// The survey as nmap's XML (nmap.dtd), for what already reads it: ndiff, Metasploit, DefectDojo and others.
//
// An address is a host of its own. IPv4 hosts come first, since some readers know nothing else; hostnames is
// always there, since some readers take it for granted. Services, CLS and control ports and whatever is open
// have a port element each; the rest of the sample stands in extraports. The verdict is the output of a host
// script "edgesurvey", which ndiff compares and Metasploit keeps as a note; what a policy says of the host,
// that of another, "edgesurvey-policy".
void write_nmap_xml(const ReportInput& input, std::ostream& out);

// The findings as SARIF 2.1.0 (OASIS), for code scanning: each is shown at the line of the target file that
// named the host. closed is no finding; a target that was not looked at is a notification. With a policy,
// what it expects is no finding either, what it waives is a suppressed one, and an unexpected closed is one.
//
// A finding is one address and one verdict, and its fingerprint is made of these two: it stays the same
// finding when its line moves, when another name leads to it, or when the run is repeated.
void write_sarif(const ReportInput& input, std::ostream& out);

// The survey for a terminal, in the form of the survey of 2015: how many, which share with its
// interval, then the exposed hosts with their evidence, a line each, and what a policy decided.
void write_table(const ReportInput& input, std::ostream& out, const TableOptions& wanted = {});

// The text of schema/edgesurvey-1.schema.json, the JSON Schema (draft 2020-12) of what write_json writes, as
// it ships with the program.
std::string_view result_schema();

}  // namespace edgesurvey
