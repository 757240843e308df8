// SPDX-License-Identifier: Apache-2.0
// What other nodes are told of a change that this one committed.
#include "gate/news.h"

#include "store/migrations.h"
#include <portico/testing.h>

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace portico::rbac {
namespace {

using namespace std::chrono_literals;
using portico::testing::Gateway;
using portico::testing::RedisWords;
using ::testing::ElementsAre;

/// A node that knows and tells, and nothing else.
class Teller final : public Plugin {
 public:
  using Config = NoSettings;
  static constexpr Info info{"teller", "1.0.0", "Tells"};
  static constexpr std::string_view ServiceName = "teller/1";

  Teller(const Config&, Host& host)
      : knowledge(&host.sql("main"), 30s, host),
        news("shared", knowledge, host),
        sql_(host.sql("main")) {}
  void setup(Registrar& registrar) override {
    registrar.provide(ServiceName, *this);
    registrar.migrations("main", migrations());
  }
  void start() override { (void)knowledge.learn(); }

  std::int64_t commit(const Change& change) {
    return sql_.write([&](Transaction& db) { return versions::raise(db, change, Time(1)); });
  }

  Knowledge knowledge;
  News news;

 private:
  Sql& sql_;
};

class NewsOfRoles : public ::testing::Test {
 protected:
  NewsOfRoles() {
    gateway_.sql("main").load<Teller>().redis("shared", [this](const RedisWords& words) {
      if (words.front() == "PUBLISH") told_.push_back(words.back());
      return RedisReply::of(1);
    });
    gateway_.start();
  }

  [[nodiscard]] Teller& node() { return *gateway_.find<Teller>(Teller::ServiceName); }

  std::vector<std::string> told_;
  Gateway gateway_;
};

TEST_F(NewsOfRoles, NameTheUserWhoseRolesChanged) {
  node().news.committed(node().commit({.user = "ada"}));
  EXPECT_THAT(told_, ElementsAre("user ada"));
}

TEST_F(NewsOfRoles, AreOneWordWhereARoleChanged) {
  node().news.committed(node().commit({.roles = true}));
  EXPECT_THAT(told_, ElementsAre("roles"));
}

TEST_F(NewsOfRoles, AreToldThoughAnotherThreadHasAppliedTheChangeAlready) {
  const std::int64_t version = node().commit({.user = "ada"});
  (void)node().knowledge.learn();
  node().news.committed(version);
  EXPECT_THAT(told_, ElementsAre("roles"));
}

TEST_F(NewsOfRoles, AreToldThoughALaterChangeIsAllThatIsNew) {
  const std::int64_t version = node().commit({.user = "ada"});
  (void)node().knowledge.learn();
  (void)node().commit({.user = "eve"});
  node().news.committed(version);
  EXPECT_THAT(told_, ElementsAre("roles"));
}

TEST_F(NewsOfRoles, AreOneWordWhereManyChanged) {
  for (int i = 0; i < 100; ++i) (void)node().commit({.user = "u" + std::to_string(i)});
  node().news.committed(node().commit({.user = "ada"}));
  EXPECT_THAT(told_, ElementsAre("roles"));
}

}  // namespace
}  // namespace portico::rbac
