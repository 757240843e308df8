// SPDX-License-Identifier: Apache-2.0
#include "services/metrics/exposition.h"

#include <limits>
#include <string>

#include <gtest/gtest.h>

namespace portico::services {
namespace {

using namespace std::chrono_literals;
using Type = Exposition::Type;

TEST(Exposition, WritesAFamilyWithItsSamples) {
  std::string page;
  Exposition exposition(page);
  exposition.family("a_total", Type::Counter, "Things.");
  exposition.sample({{"x", "1"}, {"y", "two"}}, std::uint64_t{7});
  exposition.sample({}, 0.5);
  exposition.single("b", Type::Gauge, "State.", -1.5);
  EXPECT_EQ(page,
            "# HELP a_total Things.\n# TYPE a_total counter\na_total{x=\"1\",y=\"two\"} 7\n"
            "a_total 0.5\n# HELP b State.\n# TYPE b gauge\nb -1.5\n");
}

TEST(Exposition, EscapesLabelsAndHelp) {
  std::string page;
  Exposition exposition(page);
  exposition.family("a", Type::Gauge, "A \"b\"\\c\nd");
  exposition.sample({{"x", "\"\\\n"}}, std::uint64_t{1});
  EXPECT_EQ(page, "# HELP a A \"b\"\\\\c\\nd\n# TYPE a gauge\na{x=\"\\\"\\\\\\n\"} 1\n");
}

TEST(Exposition, WritesAHistogramInSecondsWithRunningSums) {
  DurationHistogram histogram;
  histogram.add(500us);
  histogram.add(501us);
  histogram.add(20s);
  DurationHistogram::Sums sums;
  histogram.add_to(sums);
  std::string page;
  Exposition exposition(page);
  exposition.family("a_seconds", Type::Histogram, "Time.");
  exposition.sample({{"x", "1"}}, sums);
  EXPECT_NE(page.find("a_seconds_bucket{x=\"1\",le=\"0.0005\"} 1\n"
                      "a_seconds_bucket{x=\"1\",le=\"0.001\"} 2\n"
                      "a_seconds_bucket{x=\"1\",le=\"0.0025\"} 2\n"),
            std::string::npos)
      << page;
  EXPECT_NE(page.find("a_seconds_bucket{x=\"1\",le=\"10\"} 2\n"
                      "a_seconds_bucket{x=\"1\",le=\"+Inf\"} 3\n"
                      "a_seconds_sum{x=\"1\"} 20.001001\n"
                      "a_seconds_count{x=\"1\"} 3\n"),
            std::string::npos)
      << page;
}

TEST(Exposition, WritesAFamilyOnce) {
  std::string page;
  Exposition exposition(page);
  exposition.single("a", Type::Gauge, "First.", 1);
  exposition.single("a", Type::Gauge, "Second.", 2);
  EXPECT_EQ(page, "# HELP a First.\n# TYPE a gauge\na 1\n");
}

TEST(Exposition, WritesWhatIsNoNumberAsPrometheusReadsIt) {
  std::string page;
  Exposition exposition(page);
  exposition.family("a", Type::Gauge, "A.");
  exposition.sample({}, std::numeric_limits<double>::infinity());
  exposition.sample({}, -std::numeric_limits<double>::infinity());
  exposition.sample({}, std::numeric_limits<double>::quiet_NaN());
  EXPECT_TRUE(page.ends_with("a +Inf\na -Inf\na NaN\n")) << page;
}

}  // namespace
}  // namespace portico::services
