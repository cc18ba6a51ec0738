// A fixed survey that has a bit of everything: names that mean harm, two names for one address, a block,
// IPv6, every verdict, ICMP, our own failures, skipped targets. Golden files are made of it.
#pragma once

#include <memory>
#include <string>

#include "reports/survey/survey_source.hpp"

namespace edgesurvey::testing {

Address address(std::string_view text);
WallTime at(std::string_view iso8601);

// A host that shows nothing but its services: verdict closed.
HostReport quiet_host(std::string_view address);
// All three CLS ports open and confirmed, 62 of 64 samples answering.
HostReport exposed_host(std::string_view address);
// RSTs from inside the range, one by one and silence in between: media-range-open.
HostReport answering_host(std::string_view address);
// A firewall in front says no by ICMP, inside the range and outside: closed.
HostReport rejected_host(std::string_view address);
// Nothing was asked of it properly: our own failure, and then the end of the run. Inconclusive.
HostReport failed_host(std::string_view address);

// The outcome of a name that was resolved; of a block no addresses are recorded.
TargetOutcome resolved(std::uint64_t index, std::vector<Address> addresses = {}, std::string detail = {});

RunFacts small_run();
// Writes a journal of it. unfinished: the run was interrupted, and its journal has no end.
enum class Ending { finished, unfinished };
void write_small_journal(const std::string& path, Ending ending = Ending::finished,
                         const Policy* policy = nullptr);
std::unique_ptr<SurveySource> small_survey(Ending ending = Ending::finished);

Target named_target(std::string_view text, std::size_t line, std::vector<Tag> tags = {});
Target block_target(std::string_view block, std::size_t line, std::vector<Tag> tags = {});

}  // namespace edgesurvey::testing
