#include "cli/commands.hpp"

#include <iostream>
#include <stdexcept>
#include <variant>

#include "cli/options/exit_status.hpp"
#include "cli/terminal/console.hpp"
#include "reports/diff/diff_format.hpp"
#include "reports/files/report_error.hpp"
#include "reports/formats/writers.hpp"

namespace edgesurvey {
namespace {

struct Runner {
  int operator()(const LeaveWith& leave) const { return leave.status; }
  int operator()(const ScanOptions& options) const { return run_scan(options); }
  int operator()(const ReportOptions& options) const { return run_report(options); }
  int operator()(const DiffOptions& options) const { return run_diff(options); }
  int operator()(const HistoryOptions& options) const { return run_history(options); }
  int operator()(const RemediateOptions& options) const { return run_remediate(options); }
  int operator()(const SchemaOptions& options) const { return run_schema(options); }
  int operator()(const InquiryOptions&) const { return run_inquiry_help(); }
};

}  // namespace

int run_schema(const SchemaOptions& options) {
  std::cout << (options.of_diff ? diff_schema() : result_schema());
  return stdout_arrived() ? exit_done : exit_not_written;
}

int run(const Options& options) {
  try {
    return std::visit(Runner{}, options);
  } catch (const UsageError& error) {
    log_error(error.what());
    return exit_usage;
  } catch (const ReadError& error) {
    log_error(error.what());
    return exit_usage;
  } catch (const std::runtime_error& error) {
    log_error(error.what());
    return exit_not_written;
  }
}

}  // namespace edgesurvey
