#include "reports/html/page_sections.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

#include "reports/history/history_words.hpp"
#include "reports/html/html_text.hpp"
#include "reports/text/numbers.hpp"
#include "reports/text/timestamp.hpp"

namespace edgesurvey::html {
namespace {

// The picture is stretched to the page's width and its strokes are not, so its units are its own.
constexpr long plot_width = 1000;
constexpr long plot_height = 100;

struct Point {
  long x = 0;
  const RunRecord* run = nullptr;
};

// Every run that judged something, placed by when it started.
std::vector<Point> points_of(const std::vector<RunRecord>& runs) {
  const auto first = runs.front().started;
  const double whole = static_cast<double>((runs.back().started - first).count());
  std::vector<Point> points;
  for (const auto& run : runs) {
    if (run.addresses() == 0) continue;
    const double part = whole > 0 ? static_cast<double>((run.started - first).count()) / whole : 0.5;
    points.push_back({.x = std::lround(part * plot_width), .run = &run});
  }
  return points;
}

class Plot {
 public:
  using Height = std::function<double(const RunRecord&)>;

  explicit Plot(const std::vector<RunRecord>& runs) : points_(points_of(runs)), scale_(trend_scale(runs)) {}

  // From run to run along one height and back along the other.
  std::string band(const Height& low, const Height& high) const {
    std::string path;
    for (const auto& point : points_) path += (path.empty() ? "M" : "L") + place(point, high);
    std::for_each(points_.rbegin(), points_.rend(),
                  [&](const Point& point) { path += "L" + place(point, low); });
    return path + "z";
  }
  std::string line(const Height& height) const {
    std::string path;
    for (const auto& point : points_) path += (path.empty() ? "M" : "L") + place(point, height);
    return path;
  }
  std::string whiskers(const Height& low, const Height& high) const {
    std::string path;
    for (const auto& point : points_) path += "M" + place(point, low) + "V" + y(high(*point.run));
    return path;
  }
  // Strokes of no length: with round ends they are dots, whatever the picture is stretched to.
  std::string dots(const Height& height, const std::function<bool(const RunRecord&)>& which) const {
    std::string path;
    for (const auto& point : points_) {
      if (which(*point.run)) path += "M" + place(point, height) + "h0";
    }
    return path;
  }

 private:
  std::string y(double share) const {
    return std::to_string(plot_height - std::lround(std::min(share / scale_, 1.0) * plot_height));
  }
  std::string place(const Point& point, const Height& height) const {
    return std::to_string(point.x) + " " + y(height(*point.run));
  }

  std::vector<Point> points_;
  double scale_;
};

std::string path(std::string_view css_class, const std::string& data) {
  return data.empty() ? "" : "<path class=\"" + std::string(css_class) + "\" d=\"" + data + "\"/>";
}

std::string picture(const std::vector<RunRecord>& runs) {
  const Plot plot(runs);
  const auto exposed = [](const RunRecord& run) { return run.share(Verdict::cls_exposed).share; };
  const auto low = [](const RunRecord& run) { return run.share(Verdict::cls_exposed).low; };
  const auto high = [](const RunRecord& run) { return run.share(Verdict::cls_exposed).high; };
  const auto range = [](const RunRecord& run) { return run.share(Verdict::media_range_open).share; };
  const auto every = [](const RunRecord&) { return true; };
  const auto incomplete = [](const RunRecord& run) { return !run.complete; };
  return "<svg viewBox=\"0 0 1000 100\" preserveAspectRatio=\"none\" role=\"img\"><title>The share of "
         "exposed "
         "addresses from run to run</title><desc>" +
         escaped(trend_headline(runs)) + ". The table below has every run.</desc>" +
         path("grid", "M0 0H1000M0 50H1000M0 100H1000") + "<g class=\"cls-exposed\">" +
         path("band", plot.band(low, high)) + path("whisker", plot.whiskers(low, high)) +
         "</g><g class=\"media-range-open\">" + path("line", plot.line(range)) +
         path("dot", plot.dots(range, every)) + path("hole", plot.dots(range, incomplete)) +
         "</g><g class=\"cls-exposed\">" + path("line", plot.line(exposed)) +
         path("dot", plot.dots(exposed, every)) + path("hole", plot.dots(exposed, incomplete)) + "</g></svg>";
}

std::string day(const RunRecord& run) {
  return "<time datetime=\"" + to_iso8601(run.started) + "\">" + day_of(run.started) + "</time>";
}

std::string axes(const std::vector<RunRecord>& runs) {
  const double scale = trend_scale(runs);
  return "<p class=\"up\" aria-hidden=\"true\"><span>" + whole_percent(scale) + " %</span><span>" +
         whole_percent(scale / 2) + " %</span><span>0</span></p>" + picture(runs) +
         "<p class=\"along\" aria-hidden=\"true\"><span>" + day(runs.front()) + "</span><span>" +
         day(runs.back()) + "</span></p>";
}

std::string figure(const std::vector<RunRecord>& runs) {
  const auto judged = [](const RunRecord& run) { return run.addresses() > 0; };
  if (std::count_if(runs.begin(), runs.end(), judged) < 2) return {};  // a point is no trend
  const bool incomplete =
      std::any_of(runs.begin(), runs.end(), [](const auto& run) { return !run.complete; });
  return "<figure class=\"trend\">\n<figcaption>Of all judged addresses, by the day of the run: <span "
         "class=\"cls-exposed\"><span class=\"verdict\">cls-exposed</span></span> in the band of its 95 % "
         "intervals, <span class=\"media-range-open\"><span class=\"verdict\">media-range-open</span></span> "
         "dashed" +
         std::string(incomplete ? ", incomplete runs hollow" : "") + "</figcaption>\n" + axes(runs) +
         "\n</figure>\n";
}

std::string row(const RunRecord& run, bool is_current) {
  const auto share = [&](Verdict verdict) {
    return run.addresses() == 0 ? "no address was judged" : share_with_interval(run.share(verdict));
  };
  return "<tr><th scope=\"row\"><time datetime=\"" + to_iso8601(run.started) + "\">" +
         minute_of(run.started) + "</time>" + (is_current ? " <small>this run</small>" : "") +
         (run.complete ? "" : " <small>incomplete</small>") + "</th><td>" + isolated(run.vantage) +
         "</td><td class=\"count\">" + grouped(run.addresses()) + "</td><td class=\"exposed\">" +
         grouped(run.count(Verdict::cls_exposed)) + " <small>" + share(Verdict::cls_exposed) +
         "</small></td><td class=\"open\">" + grouped(run.count(Verdict::media_range_open)) + " <small>" +
         share(Verdict::media_range_open) + "</small></td></tr>\n";
}

std::string table(const Trend& trend) {
  std::string rows;
  for (std::size_t i = 0; i < trend.runs.size(); ++i) rows += row(trend.runs[i], trend.current == i);
  return "<details>\n<summary>" +
         std::string(trend.runs.size() == 1 ? "The run"
                                            : "All " + counted(trend.runs.size(), "run", "runs")) +
         " in numbers</summary>\n<table class=\"plain runs\">\n<caption>Runs of this survey, the oldest "
         "first; "
         "times are UTC</caption>\n<thead><tr><th scope=\"col\">Started</th><th scope=\"col\">Seen from</th>"
         "<th scope=\"col\" class=\"count\">Addresses</th><th scope=\"col\">Exposed</th><th "
         "scope=\"col\">Media range open</th></tr></thead>\n<tbody>\n" +
         rows + "</tbody>\n</table>\n</details>\n";
}

}  // namespace

std::string trend_section(const Trend& trend) {
  const auto& runs = trend.runs;
  const auto note = vantage_note(runs);
  return "<section id=\"trend\" aria-labelledby=\"trend-title\">\n<h2 id=\"trend-title\">Trend</h2>\n<p>" +
         escaped(trend_headline(runs)) + ".</p>\n" + figure(runs) +
         (note.empty() ? "" : "<p>" + isolated(note) + "</p>\n") + table(trend) + "</section>\n";
}

}  // namespace edgesurvey::html
