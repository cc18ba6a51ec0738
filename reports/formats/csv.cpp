#include "reports/formats/writers.hpp"

#include <ostream>

#include "reports/json/json_writer.hpp"
#include "reports/survey/judged_policy.hpp"
#include "reports/text/escape.hpp"
#include "reports/text/port_list.hpp"
#include "reports/text/timestamp.hpp"

namespace edgesurvey {
namespace {

constexpr std::string_view header =
    "target,address,verdict,reason,confidence,cls_open,range_answered,range_sampled,range_share,range_ci_low,"
    "range_ci_high,port_443,port_3478,port_5061,rtt_ms,tags,scanned_at";
constexpr std::string_view policy_column =
    ",policy";  // only where there is one: the others keep their places

// Fields of one row; the caller hands over text that is already fit for CSV.
class Row {
 public:
  explicit Row(std::string& out) : out_(out) {}
  void add(std::string_view field) {
    if (!first_) out_ += ',';
    first_ = false;
    out_ += field;
  }
  void add_empty(std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) add("");
  }
  void add_decimal(double value) {
    add("");
    append_decimal(out_, value);
  }
  void end() { out_ += "\r\n"; }

 private:
  std::string& out_;
  bool first_ = true;
};

// As in the target list: key=value, the value in quotes where it needs them.
std::string tags_text(const std::vector<Tag>& tags) {
  std::string text;
  for (const auto& tag : tags) {
    if (!text.empty()) text += ' ';
    text += tag.key + '=';
    const bool plain = !tag.value.empty() && tag.value.find_first_of(" \t\"\\#") == std::string::npos;
    if (plain) {
      text += tag.value;
      continue;
    }
    text += '"';
    for (const char c : tag.value) {
      if (c == '"' || c == '\\') text += '\\';
      text += c;
    }
    text += '"';
  }
  return text;
}

void add_range(Row& row, const HostSummary& host) {
  row.add(std::to_string(host.range_answered));
  row.add(std::to_string(host.range_sampled));
  if (!host.range_share) return row.add_empty(3);
  row.add_decimal(host.range_share->share);
  row.add_decimal(host.range_share->low);
  row.add_decimal(host.range_share->high);
}

// Everything from the address to the RTT.
void add_host(Row& row, const HostSummary& host) {
  row.add(host.address.to_string());
  row.add(to_string(host.verdict));
  row.add(to_string(host.reason));
  row.add(to_string(host.confidence));
  row.add(csv_text(to_port_list(host.cls_open)));
  add_range(row, host);
  for (const auto& state : host.services) row.add(state ? to_string(*state) : "");
  host.rtt ? row.add_decimal(std::chrono::duration<double, std::milli>(*host.rtt).count()) : row.add("");
}

void add_skipped(Row& row, std::string_view address, SkipReason reason) {
  row.add(address);
  row.add("skipped");
  row.add(to_string(reason));
  row.add_empty(11);  // confidence to rtt_ms
}

void write_rows(const ReportInput& input, const TargetRow& target, std::string& out) {
  const auto* const policy = input.policy.get();
  const std::string name = csv_text(target.name);
  const std::string tags = csv_text(tags_text(target.tags));
  if (target.skipped && target.addresses.empty()) {
    Row row(out);
    row.add(name);
    add_skipped(row, "", *target.skipped);
    row.add(tags);
    row.add_empty(policy != nullptr ? 2 : 1);
    row.end();
  }
  for (const auto& address : target.addresses) {
    Row row(out);
    row.add(name);
    const auto* const host = input.survey.summary_of(address);
    host != nullptr ? add_host(row, *host)
                    : add_skipped(row, address.to_string(), target.skipped.value_or(SkipReason::interrupted));
    row.add(tags);
    row.add(host != nullptr ? to_iso8601(host->scanned_at) : "");
    if (policy != nullptr) row.add(host != nullptr ? to_string(policy->of(address).outcome) : "");
    row.end();
  }
}

}  // namespace

void write_csv(const ReportInput& input, std::ostream& out) {
  out << header << (input.policy != nullptr ? policy_column : "") << "\r\n";
  std::string rows;
  input.survey.for_each_target([&](const TargetRow& target) {
    rows.clear();
    write_rows(input, target, rows);
    out << rows;
  });
}

}  // namespace edgesurvey
