#include "reports/survey/indexed_source.hpp"

#include "reports/survey/host_json.hpp"
#include "targets/text/text.hpp"

namespace edgesurvey {

// Keeps its buffers from host to host.
class IndexedSource::Reader {
 public:
  explicit Reader(const IndexedSource& source) : source_(source) {}

  HostReport read(const SurveyIndex::Host& host) {
    source_.file_.read(host.span, text_);
    try {
      auto report = read_host_json(source_.host_in(document_.parse(text_, host.summary.address.to_string())));
      report.names = source_.index_.names_of(host);
      return report;
    } catch (const ReadError& error) {  // it was right when it was indexed
      throw ReadError(printable(source_.file_.path()) + " has changed while it was read: " + error.what());
    }
  }

 private:
  const IndexedSource& source_;
  std::string text_;
  JsonDocument document_;
};

IndexedSource::IndexedSource(RecordFile file)
    : file_(std::move(file)), reader_(std::make_unique<Reader>(*this)) {}
IndexedSource::~IndexedSource() = default;

void IndexedSource::finish_index() {
  if (const auto repeated = index_.finish()) {
    throw ReadError(printable(file_.path()) + ": " + repeated->to_string() + " is there twice");
  }
  const auto& probes = summary().probes();
  run_.complete = run_.complete && index_.all_accounted_for() && probes.not_run == 0 && probes.adds_up();
}

void IndexedSource::for_each_target(const std::function<void(const TargetRow&)>& use) const {
  index_.for_each_target(use);
}

void IndexedSource::for_each_host(const std::function<void(const HostReport&)>& use) const {
  Reader reader(*this);
  index_.for_each_host([&](const SurveyIndex::Host& host) { use(reader.read(host)); });
}

std::optional<HostReport> IndexedSource::host(const Address& address) const {
  const auto* host = index_.find(address);
  if (host == nullptr) return std::nullopt;
  return reader_->read(*host);
}

const HostSummary* IndexedSource::summary_of(const Address& address) const {
  const auto* host = index_.find(address);
  return host == nullptr ? nullptr : &host->summary;
}

void IndexedSource::for_each_summary(const std::function<void(const HostSummary&)>& use) const {
  index_.for_each_host([&](const SurveyIndex::Host& host) { use(host.summary); });
}

std::vector<std::string> IndexedSource::names_of(const Address& address) const {
  const auto* host = index_.find(address);
  return host == nullptr ? std::vector<std::string>{} : index_.names_of(*host);
}

}  // namespace edgesurvey
