#include "reports/csv.hpp"

#include <array>
#include <ostream>

#include "reports/cls_ports.hpp"
#include "reports/escape.hpp"
#include "reports/host_json.hpp"
#include "reports/json_writer.hpp"
#include "reports/judged_policy.hpp"
#include "reports/port_list.hpp"
#include "reports/timestamp.hpp"

namespace edgesurvey {
namespace {

constexpr std::string_view header =
    "target,address,verdict,reason,confidence,cls_open,range_answered,range_sampled,range_share,range_ci_low,"
    "range_ci_high,port_443,port_3478,port_5061,rtt_ms,tags,scanned_at";
constexpr std::string_view policy_column =
    ",policy";  // only where there is one: the others keep their places
constexpr std::array<Port, 3> service_columns{443, 3478, 5061};

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

std::string_view state_of(const Evidence& evidence, Port wanted) {
  for (const auto& port : evidence.ports) {
    if (port.port == wanted) return to_string(port.state);
  }
  return "";
}

void add_range(Row& row, const RangeEstimate& range) {
  row.add(std::to_string(range.answered));
  row.add(std::to_string(range.sampled));
  if (!range.share) return row.add_empty(3);
  row.add_decimal(range.share->share);
  row.add_decimal(range.share->low);
  row.add_decimal(range.share->high);
}

// Everything from the address to the RTT.
void add_host(Row& row, const HostReport& host) {
  const auto& judgement = host.judgement;
  row.add(host.evidence.address.to_string());
  row.add(to_string(judgement.verdict));
  row.add(to_string(judgement.reason));
  row.add(to_string(judgement.confidence));
  row.add(csv_text(to_port_list(open_cls_ports(host))));
  add_range(row, judgement.range);
  for (const Port port : service_columns) row.add(state_of(host.evidence, port));
  const auto rtt = path_rtt(host.evidence);
  rtt ? row.add_decimal(std::chrono::duration<double, std::milli>(*rtt).count()) : row.add("");
}

void add_skipped(Row& row, std::string_view address, SkipReason reason) {
  row.add(address);
  row.add("skipped");
  row.add(to_string(reason));
  row.add_empty(11);  // confidence to rtt_ms
}

void write_rows(const SurveySource& survey, const TargetRow& target, std::string& out) {
  const auto* const policy = survey.policy();
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
    const auto host = survey.host(address);
    host ? add_host(row, *host)
         : add_skipped(row, address.to_string(), target.skipped.value_or(SkipReason::interrupted));
    row.add(tags);
    row.add(host ? to_iso8601(host->scanned_at) : "");
    if (policy != nullptr) row.add(host ? to_string(policy->of(address).outcome) : "");
    row.end();
  }
}

}  // namespace

void write_csv(const SurveySource& survey, std::ostream& out) {
  out << header << (survey.policy() != nullptr ? policy_column : "") << "\r\n";
  std::string rows;
  survey.for_each_target([&](const TargetRow& target) {
    rows.clear();
    write_rows(survey, target, rows);
    out << rows;
  });
}

}  // namespace edgesurvey
