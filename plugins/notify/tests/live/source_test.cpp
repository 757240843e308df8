// SPDX-License-Identifier: Apache-2.0
// What streams ask the tables, on both engines.
#include "live/source.h"

#include "store/migrations.h"
#include "unit/sql/plugin_tables.h"

#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace portico::notify {
namespace {

class TablesTest : public portico::test::PluginTables<migrations> {
 public:
  void say(std::string_view topic, int times) {
    write([&](Transaction& db) {
      for (int i = 0; i < times; ++i) topics::say(db, topic, "news", "{\"a\": 1}", Time(1'000'000));
    });
  }
  void subscribe(std::string_view topic, std::string_view user) {
    write([&](Transaction& db) { topics::subscribe(db, topic, user, Time(1)); });
  }
  void purge(std::size_t most) {
    write([&](Transaction& db) { topics::purge(db, Time(2'000'000), most); });
  }

  Tables tables{*sql};
};

TEST_P(TablesTest, ReadWhatIsBehindANumber) {
  say("orders", 70);
  say("bills", 2);
  const Reading first = tables.behind("orders", 0);
  EXPECT_EQ(first.last, 70);
  EXPECT_TRUE(first.more);
  ASSERT_FALSE(first.messages.empty());
  EXPECT_EQ(first.messages.front().seq, 1);
  EXPECT_EQ(first.messages.front().payload, "{\"a\": 1}");
  const Reading rest = tables.behind("orders", first.messages.back().seq);
  EXPECT_FALSE(rest.more);
  EXPECT_EQ(rest.messages.back().seq, 70);
  EXPECT_EQ(first.messages.size() + rest.messages.size(), 70U);
  EXPECT_TRUE(tables.behind("nothing", 0).messages.empty());
}

TEST_P(TablesTest, KnowTheLastNumberOfWhatWasPurged) {
  say("orders", 3);
  purge(100);
  const Reading reading = tables.behind("orders", 1);
  EXPECT_EQ(reading.last, 3);
  EXPECT_TRUE(reading.messages.empty());
}

// Case 125: names are values, whatever is in them.
TEST_P(TablesTest, AskForManyTopicsAtOnce) {
  const std::string odd = R"(user.a"b\'; DROP TABLE notify_topics; --ä)";
  say("orders", 3);
  say(odd, 1);
  std::vector<std::string> asked{"nothing", odd, "orders", "]"};
  for (int i = 0; i < 2500; ++i) asked.push_back("t" + std::to_string(i));
  say("t2400", 2);
  auto found = tables.last(asked);
  std::ranges::sort(found, {}, &streamed::LastNumber::seq);
  ASSERT_EQ(found.size(), 3U);
  EXPECT_EQ(found[0].topic, odd);
  EXPECT_EQ(found[1].topic, "t2400");
  EXPECT_EQ(found[2].topic, "orders");
  EXPECT_TRUE(tables.last({}).empty());
}

TEST_P(TablesTest, TellWhoIsSubscribed) {
  subscribe("orders", "ada");
  subscribe("orders", "'; --");
  subscribe("bills", "bob");
  const std::vector<Subscription> asked{{"orders", "ada"},
                                        {"orders", "bob"},
                                        {"bills", "ada"},
                                        {"bills", "bob"},
                                        {"orders", "'; --"}};
  auto found = tables.subscribed(asked);
  std::ranges::sort(found);
  EXPECT_EQ(found,
            (std::vector<Subscription>{{"bills", "bob"}, {"orders", "'; --"}, {"orders", "ada"}}));
}

INSTANTIATE_TEST_SUITE_P(On, TablesTest, portico::test::BothEngines, portico::test::engine_name);

}  // namespace
}  // namespace portico::notify
