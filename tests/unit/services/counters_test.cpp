// SPDX-License-Identifier: Apache-2.0
#include "services/metrics/counters.h"

#include "services/metrics/plugin_counter.h"

#include <stdexcept>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace portico::services {
namespace {

TEST(CounterRegistry, FindsTheSameCounterByItsName) {
  CounterRegistry registry;
  Counter& first = registry.counter("hello_total", "Greetings.");
  for (int i = 0; i < 1000; ++i) (void)registry.counter("other_" + std::to_string(i), "");
  EXPECT_EQ(&registry.counter("hello_total", "Something else."), &first);
}

TEST(CounterRegistry, CountsFromManyThreads) {
  CounterRegistry registry;
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&registry] {
      for (int i = 0; i < 10'000; ++i) registry.counter("n_total", "N.").add();
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(registry.counter("n_total", "").value(), 40'000u);
}

TEST(CounterRegistry, ListsCountersByNameWithTheirFirstHelp) {
  CounterRegistry registry;
  registry.counter("b_total", "B.").add(2);
  (void)registry.counter("a_total", "A.");
  (void)registry.counter("b_total", "Not this one.");
  const auto samples = registry.snapshot();
  ASSERT_EQ(samples.size(), 2u);
  EXPECT_EQ(samples[0].name, "a_total");
  EXPECT_EQ(samples[1].name, "b_total");
  EXPECT_EQ(samples[1].help, "B.");
  EXPECT_EQ(samples[1].value, 2u);
}

TEST(CounterRegistry, RefusesWhatIsNotTheNameOfAMetric) {
  CounterRegistry registry;
  for (const char* name : {"", "1a", "a-b", "a b", "a\n", "\xc3\xbc"}) {
    EXPECT_THROW((void)registry.counter(name, ""), std::invalid_argument) << name;
  }
}

TEST(CounterRegistry, KeepsTheCountersOfPluginsApart) {
  CounterRegistry registry;
  PluginCounter counter(registry, "faults_total", "Faults.");
  counter.add(1, "auth");
  counter.add(2, "cors");
  counter.add(1, "auth");
  counter.add(PluginCounter::MostPlugins, "none");
  const auto samples = registry.snapshot();
  ASSERT_EQ(samples.size(), 2U);
  EXPECT_EQ(samples[0].plugin, "auth");
  EXPECT_EQ(samples[0].value, 2U);
  EXPECT_EQ(samples[1].plugin, "cors");
  EXPECT_EQ(samples[1].value, 1U);
}

}  // namespace
}  // namespace portico::services
