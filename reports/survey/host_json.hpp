// One judged address as JSON: the object under hosts[] of a result, and of a journal's line.
//
// Ports that answered, and every service, CLS and control port, have an object each; the silent rest stands
// in groups. services, controls, rtt_us and attempts repeat what the ports say, for whoever reads with jq.
// What is not kept: when each port was asked, and all but the quickest of the repeated SYN-ACKs' RTTs.
#pragma once

#include <functional>
#include <string>

#include "reports/json/json_cursor.hpp"
#include "reports/json/json_writer.hpp"
#include "scanner/survey/host_report.hpp"

namespace edgesurvey {

// Appends the object, without a line end; more may write further members after the host's own.
void append_host_json(std::string& out, const HostReport& host,
                      const std::function<void(JsonWriter&)>& more = nullptr);

// The estimate alone, as the host's object has it under "range".
void write_range(JsonWriter& json, const RangeEstimate& range);

// Unknown members are left alone, so that a newer edgesurvey's results can be read. Throws ReadError.
HostReport read_host_json(const JsonCursor& host);

}  // namespace edgesurvey
