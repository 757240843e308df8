// SPDX-License-Identifier: Apache-2.0
// What streams ask the tables, on both engines.
#include "live/source.h"

#include "store/migrations.h"
#include "unit/sql/postgres_server.h"
#include <portico/sdk.h>
#include <portico/testing.h>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace portico::notify {
namespace {

/// Has the tables, and lends the database to the test.
class Probe final : public Plugin {
 public:
  using Config = NoSettings;
  static constexpr Info info{"probe", "1.0.0", "Has the tables of notify"};
  static constexpr std::string_view ServiceName = "probe/1";

  Probe(const Config&, Host& host) : sql_(host.sql("main")) {}
  void setup(Registrar& registrar) override {
    registrar.migrations("main", migrations());
    registrar.provide(ServiceName, sql_);
  }

 private:
  Sql& sql_;
};

class TablesTest : public ::testing::TestWithParam<Sql::Engine> {
 public:
  TablesTest() {
    if (GetParam() == Sql::Engine::PostgreSql) {
      server_.emplace();
      gateway_.sql("main", server_->url());
    } else {
      gateway_.sql("main");
    }
    gateway_.load<Probe>().start();
    sql_ = gateway_.find<Sql>(Probe::ServiceName);
    tables.emplace(*sql_);
  }

  void say(std::string_view topic, int times) {
    sql_->write([&](Transaction& db) {
      for (int i = 0; i < times; ++i) topics::say(db, topic, "news", "{\"a\": 1}", Time(1'000'000));
    });
  }
  void subscribe(std::string_view topic, std::string_view user) {
    sql_->write([&](Transaction& db) { topics::subscribe(db, topic, user, Time(1)); });
  }
  void purge(std::size_t most) {
    sql_->write([&](Transaction& db) { topics::purge(db, Time(2'000'000), most); });
  }

  std::optional<Tables> tables;

 private:
  std::optional<portico::test::PostgresServer> server_;
  testing::Gateway gateway_;
  Sql* sql_ = nullptr;
};

TEST_P(TablesTest, ReadWhatIsBehindANumber) {
  say("orders", 70);
  say("bills", 2);
  const Reading first = tables->behind("orders", 0);
  EXPECT_EQ(first.last, 70);
  EXPECT_TRUE(first.more);
  ASSERT_FALSE(first.messages.empty());
  EXPECT_EQ(first.messages.front().seq, 1);
  EXPECT_EQ(first.messages.front().payload, "{\"a\": 1}");
  const Reading rest = tables->behind("orders", first.messages.back().seq);
  EXPECT_FALSE(rest.more);
  EXPECT_EQ(rest.messages.back().seq, 70);
  EXPECT_EQ(first.messages.size() + rest.messages.size(), 70U);
  EXPECT_TRUE(tables->behind("nothing", 0).messages.empty());
}

TEST_P(TablesTest, KnowTheLastNumberOfWhatWasPurged) {
  say("orders", 3);
  purge(100);
  const Reading reading = tables->behind("orders", 1);
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
  auto found = tables->last(asked);
  std::ranges::sort(found, {}, &streamed::LastNumber::seq);
  ASSERT_EQ(found.size(), 3U);
  EXPECT_EQ(found[0].topic, odd);
  EXPECT_EQ(found[1].topic, "t2400");
  EXPECT_EQ(found[2].topic, "orders");
  EXPECT_TRUE(tables->last({}).empty());
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
  auto found = tables->subscribed(asked);
  std::ranges::sort(found);
  EXPECT_EQ(found,
            (std::vector<Subscription>{{"bills", "bob"}, {"orders", "'; --"}, {"orders", "ada"}}));
}

std::string engine_name(const ::testing::TestParamInfo<Sql::Engine>& tested) {
  return tested.param == Sql::Engine::Sqlite ? "SQLite" : "PostgreSQL";
}

INSTANTIATE_TEST_SUITE_P(OnBoth, TablesTest,
                         ::testing::Values(Sql::Engine::Sqlite, Sql::Engine::PostgreSql),
                         engine_name);

}  // namespace
}  // namespace portico::notify
