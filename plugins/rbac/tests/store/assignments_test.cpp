// SPDX-License-Identifier: Apache-2.0
#include "store/assignments.h"

#include "store/tables.h"

namespace portico::rbac::test {
namespace {

class StoredAssignments : public Tables {
 public:
  std::vector<Assignment> of(std::string_view user) {
    return read([&](Reader& db) { return assignments::of(db, user); });
  }
  std::vector<AssignmentRow> rows(std::string_view user) {
    return read([&](Reader& db) { return assignments::rows(db, user); });
  }
};
INSTANTIATE_TEST_SUITE_P(On, StoredAssignments, BothEngines, engine_name);

TEST_P(StoredAssignments, AreReadAsTheyWereMade) {
  const std::int64_t viewer = add_role("viewer");
  const Assignment given{.role = viewer, .scope = "acme", .not_before = now, .expires = now + 1h};
  const std::string made = id();
  write([&](Transaction& db) {
    assignments::put(
        db,
        {.id = made, .user = "ada", .assignment = given, .granted_by = "eve", .reason = "Trial."},
        now);
  });
  assign("ada", {.role = viewer});
  EXPECT_EQ(of("ada"), (std::vector<Assignment>{{.role = viewer}, given}));
  EXPECT_TRUE(of("eve").empty());
  const auto found = rows("ada");
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[1].id, made);
  EXPECT_EQ(found[1].role, "viewer");
  EXPECT_EQ(found[1].assignment, given);
  EXPECT_EQ(found[1].granted_by, "eve");
  EXPECT_EQ(found[1].reason, "Trial.");
  EXPECT_EQ(found[1].created, now);
  EXPECT_EQ(found[0].granted_by, std::nullopt);
}

TEST_P(StoredAssignments, AreOneForARoleAndAScope) {
  const std::int64_t viewer = add_role("viewer");
  assign("ada", {.role = viewer});
  const std::string first = rows("ada")[0].id;
  assign("ada", {.role = viewer, .expires = now + 1h});
  ASSERT_EQ(of("ada").size(), 1U);
  EXPECT_EQ(of("ada")[0].expires, now + 1h);
  EXPECT_NE(rows("ada")[0].id, first) << "an id is the state of an assignment";
}

TEST_P(StoredAssignments, AreTakenAwayOneByOne) {
  const std::int64_t viewer = add_role("viewer");
  assign("ada", {.role = viewer, .scope = "acme"});
  assign("ada", {.role = viewer, .scope = "emca"});
  const auto remove = [&](std::string_view scope) {
    return write([&](Transaction& db) { return assignments::remove(db, "ada", viewer, scope); });
  };
  EXPECT_FALSE(remove("*"));
  EXPECT_TRUE(remove("acme"));
  EXPECT_FALSE(remove("acme"));
  ASSERT_EQ(of("ada").size(), 1U);
  EXPECT_EQ(of("ada")[0].scope, "emca");
}

TEST_P(StoredAssignments, ShowTheMembersOfARolePageByPage) {
  const std::int64_t viewer = add_role("viewer");
  const std::int64_t editor = add_role("editor");
  for (const char* user : {"u1", "u2", "u3", "u4", "u5"}) assign(user, {.role = viewer});
  assign("u1", {.role = editor});
  std::vector<std::string> seen;
  for (std::string after;;) {
    const auto page = read([&](Reader& db) { return assignments::members(db, viewer, after, 2); });
    if (page.empty()) break;
    for (const AssignmentRow& row : page) seen.push_back(row.user);
    after = page.back().id;
  }
  EXPECT_EQ(seen, (std::vector<std::string>{"u1", "u2", "u3", "u4", "u5"}));
}

TEST_P(StoredAssignments, AreForgottenAfterTheirEnd) {
  const std::int64_t viewer = add_role("viewer");
  assign("ada", {.role = viewer, .expires = now - 2h});
  assign("eve", {.role = viewer, .expires = now - 1h});
  assign("bob", {.role = viewer, .expires = now + 1h});
  assign("cyd", {.role = viewer});
  const auto purge = [&](std::size_t most) {
    return write([&](Transaction& db) { return assignments::purge(db, now, most); });
  };
  EXPECT_EQ(purge(1), 1U);
  EXPECT_TRUE(of("ada").empty());
  EXPECT_EQ(purge(10), 1U);
  EXPECT_EQ(number("SELECT COUNT(*) FROM rbac_assignments"), 2);
}

}  // namespace
}  // namespace portico::rbac::test
