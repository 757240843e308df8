// SPDX-License-Identifier: Apache-2.0
#include "store/decisions.h"

#include "store/tables.h"

namespace portico::rbac::test {
namespace {

class StoredDecisions : public Tables {
 public:
  LoggedDecision add(std::string_view user, std::string_view permission, bool allowed) {
    LoggedDecision made{.id = id(),
                        .at = now,
                        .user = std::string(user),
                        .permission = std::string(permission),
                        .allowed = allowed,
                        .reason = allowed ? "granted" : "no_assignment",
                        .version = 7};
    write([&](Transaction& db) { decisions::add(db, {&made, 1}); });
    now += 1min;
    return made;
  }
  std::vector<std::string> ids(const decisions::Page& page) {
    std::vector<std::string> found;
    for (const auto& each : read([&](Reader& db) { return decisions::page(db, page); })) {
      found.push_back(each.id);
    }
    return found;
  }
};
INSTANTIATE_TEST_SUITE_P(On, StoredDecisions, BothEngines, engine_name);

TEST_P(StoredDecisions, AreReadAsTheyWereMade) {
  const LoggedDecision made{.id = id(),
                            .at = now,
                            .user = "ada",
                            .permission = "orders:read",
                            .scope = "acme",
                            .resource = "orders:17",
                            .allowed = true,
                            .reason = "granted",
                            .role = "viewer",
                            .version = 7,
                            .request = "r1"};
  write([&](Transaction& db) { decisions::add(db, {&made, 1}); });
  const auto found = read([](Reader& db) { return decisions::page(db, {}); });
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].id, made.id);
  EXPECT_EQ(found[0].at, now);
  EXPECT_EQ(found[0].scope, "acme");
  EXPECT_EQ(found[0].resource, "orders:17");
  EXPECT_TRUE(found[0].allowed);
  EXPECT_EQ(found[0].role, "viewer");
  EXPECT_EQ(found[0].version, 7);
  EXPECT_EQ(found[0].request, "r1");
}

TEST_P(StoredDecisions, AreFoundByWhatTheyWereAbout) {
  const Time begin = now;
  const std::string first = add("ada", "orders:read", true).id;
  const std::string second = add("ada", "orders:delete", false).id;
  const std::string third = add("eve", "orders:read", false).id;
  using Ids = std::vector<std::string>;
  EXPECT_EQ(ids({}), (Ids{third, second, first}));
  EXPECT_EQ(ids({.user = "ada"}), (Ids{second, first}));
  EXPECT_EQ(ids({.permission = "orders:read"}), (Ids{third, first}));
  EXPECT_EQ(ids({.user = "ada", .permission = "orders:read"}), Ids{first});
  EXPECT_EQ(ids({.allowed = false}), (Ids{third, second}));
  EXPECT_EQ(ids({.user = "ada", .allowed = true}), Ids{first});
  EXPECT_EQ(ids({.from = begin + 1min}), (Ids{third, second}));
  EXPECT_EQ(ids({.until = begin + 1min}), Ids{first});
  EXPECT_EQ(ids({.before = third, .limit = 1}), Ids{second});
}

TEST_P(StoredDecisions, AreForgottenTheOldestFirst) {
  for (int i = 0; i < 3; ++i) add("ada", "orders:read", true);
  const auto purge = [&](std::size_t most) {
    return write([&](Transaction& db) { return decisions::purge(db, now - 1min, most); });
  };
  EXPECT_EQ(purge(1), 1U);
  EXPECT_EQ(purge(10), 1U);
  EXPECT_EQ(ids({}).size(), 1U);
}

}  // namespace
}  // namespace portico::rbac::test
