// SPDX-License-Identifier: Apache-2.0
#include "services/metrics/registry.h"

#include "services/metrics/plugin_counter.h"

#include <algorithm>
#include <array>
#include <limits>
#include <numeric>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace portico::services {
namespace {

TEST(MetricRegistry, FindsTheSameCounterByItsName) {
  MetricRegistry registry;
  Counter& first = registry.counter("hello_total", "Greetings.");
  for (int i = 0; i < 1000; ++i) (void)registry.counter("other_" + std::to_string(i), "");
  EXPECT_EQ(&registry.counter("hello_total", "Something else."), &first);
}

TEST(MetricRegistry, CountsFromManyThreads) {
  MetricRegistry registry;
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&registry] {
      for (int i = 0; i < 10'000; ++i) registry.counter("n_total", "N.").add();
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(registry.counter("n_total", "").value(), 40'000u);
}

/// What a scraper sees.
std::string page_of(const MetricRegistry& registry) {
  std::string page;
  Exposition exposition(page);
  registry.expose(exposition);
  return page;
}

TEST(MetricRegistry, ListsMetricsByNameWithTheirFirstHelp) {
  MetricRegistry registry;
  registry.counter("b_total", "B.").add(2);
  registry.gauge("c", "C.").set(-1.5);
  (void)registry.counter("a_total", "A.");
  (void)registry.counter("b_total", "Not this one.");
  EXPECT_EQ(page_of(registry),
            "# HELP a_total A.\n# TYPE a_total counter\na_total 0\n"
            "# HELP b_total B.\n# TYPE b_total counter\nb_total 2\n"
            "# HELP c C.\n# TYPE c gauge\nc -1.5\n");
  EXPECT_EQ(registry.total("b_total"), 2);
  EXPECT_EQ(registry.total("nothing"), 0);
}

TEST(MetricRegistry, TellsSeriesApartByTheirLabels) {
  MetricRegistry registry;
  Gauge& first = registry.gauge("g", "G.", {{"b", "1"}, {"a", "\"x\""}});
  EXPECT_EQ(&registry.gauge("g", "G.", {{"a", "\"x\""}, {"b", "1"}}), &first);
  Gauge& second = registry.gauge("g", "G.", {{"a", "y"}, {"b", "1"}});
  first.set(3);
  first.add(-0.5);
  second.add(1);
  EXPECT_EQ(first.value(), 2.5);
  EXPECT_EQ(page_of(registry),
            "# HELP g G.\n# TYPE g gauge\n"
            "g{a=\"\\\"x\\\"\",b=\"1\"} 2.5\ng{a=\"y\",b=\"1\"} 1\n");
  EXPECT_EQ(registry.total("g"), 3.5);
}

TEST(MetricRegistry, CountsWhatAHistogramObserves) {
  MetricRegistry registry;
  const std::array bounds{1.0, 2.5};
  Histogram& histogram = registry.histogram("h", "H.", bounds, {{"a", "b"}});
  for (const double value : {0.5, 1.0, 2.0, 3.0}) histogram.observe(value);
  EXPECT_EQ(histogram.count(), 4U);
  EXPECT_EQ(registry.total("h"), 4);
  EXPECT_EQ(page_of(registry),
            "# HELP h H.\n# TYPE h histogram\nh_bucket{a=\"b\",le=\"1\"} 2\n"
            "h_bucket{a=\"b\",le=\"2.5\"} 3\nh_bucket{a=\"b\",le=\"+Inf\"} 4\n"
            "h_sum{a=\"b\"} 6.5\nh_count{a=\"b\"} 4\n");
}

TEST(MetricRegistry, GivesAHistogramTheBoundsOfDurations) {
  MetricRegistry registry;
  registry.histogram("h_seconds", "H.", {}).observe(0.0007);
  const std::string page = page_of(registry);
  EXPECT_NE(page.find("h_seconds_bucket{le=\"0.0005\"} 0\nh_seconds_bucket{le=\"0.001\"} 1\n"),
            std::string::npos)
      << page;
}

TEST(MetricRegistry, BoundsTheSeriesOfAName) {
  MetricRegistry registry;
  for (int i = 0; i < 1000; ++i) {
    registry.counter("n_total", "N.", {{"x", std::to_string(i)}, {"y", "z"}}).add();
  }
  const std::string page = page_of(registry);
  EXPECT_EQ(std::ranges::count(page, '\n'), 2 + 101);
  EXPECT_NE(page.find("n_total{x=\"other\",y=\"other\"} 900\n"), std::string::npos) << page;
  EXPECT_NE(page.find("n_total{x=\"42\",y=\"z\"} 1\n"), std::string::npos);
}

TEST(MetricRegistry, TakesNoLabelThatWouldBreakThePage) {
  MetricRegistry registry;
  registry.counter("n_total", "N.", {{"x", "\xff"}}).add();
  registry.counter("n_total", "N.", {{"x", std::string(129, 'a')}}).add();
  EXPECT_NE(page_of(registry).find("n_total{x=\"other\"} 2\n"), std::string::npos);
  for (const char* name : {"", "1a", "a-b", "le", "__a", "a:b"}) {
    EXPECT_THROW((void)registry.counter("n_total", "", {{name, "v"}}), std::invalid_argument)
        << name;
  }
  EXPECT_THROW((void)registry.counter("n_total", "", {{"a", "1"}, {"a", "2"}}),
               std::invalid_argument);
}

TEST(MetricRegistry, RefusesAnotherKindAndBoundsThatDoNotAscend) {
  MetricRegistry registry;
  (void)registry.counter("a", "A.");
  EXPECT_THROW((void)registry.gauge("a", "A."), std::invalid_argument);
  EXPECT_THROW((void)registry.histogram("a", "A.", {}), std::invalid_argument);
  constexpr double Endless = std::numeric_limits<double>::infinity();
  const std::vector<std::vector<double>> wrong{
      {1, 1}, {2, 1}, {1, Endless}, std::vector<double>(65, 1)};
  for (const std::vector<double>& bounds : wrong) {
    EXPECT_THROW((void)registry.histogram("h", "H.", bounds), std::invalid_argument);
  }
  std::vector<double> many(65);
  std::iota(many.begin(), many.end(), 0.0);
  EXPECT_THROW((void)registry.histogram("h", "H.", many), std::invalid_argument);
}

TEST(MetricRegistry, RefusesWhatIsNotTheNameOfAMetric) {
  MetricRegistry registry;
  for (const char* name : {"", "1a", "a-b", "a b", "a\n", "\xc3\xbc"}) {
    EXPECT_THROW((void)registry.counter(name, ""), std::invalid_argument) << name;
  }
}

TEST(MetricRegistry, KeepsTheCountersOfPluginsApart) {
  MetricRegistry registry;
  PluginCounter counter(registry, "faults_total", "Faults.");
  counter.add(1, "auth");
  counter.add(2, "cors");
  counter.add(1, "auth");
  counter.add(PluginCounter::MostPlugins, "none");
  EXPECT_EQ(page_of(registry),
            "# HELP faults_total Faults.\n# TYPE faults_total counter\n"
            "faults_total{plugin=\"auth\"} 2\nfaults_total{plugin=\"cors\"} 1\n");
}

}  // namespace
}  // namespace portico::services
