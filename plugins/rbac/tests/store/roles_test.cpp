// SPDX-License-Identifier: Apache-2.0
#include "store/roles.h"

#include "store/assignments.h"
#include "store/grants.h"
#include "store/permission_names.h"
#include "store/tables.h"

#include <array>

namespace portico::rbac::test {
namespace {

class StoredRoles : public Tables {
 public:
  void put(std::int64_t role, const Grant& grant) {
    write([&](Transaction& db) { grants::put(db, role, grant); });
  }
  std::vector<Role> all() {
    return read([](Reader& db) { return roles::all(db); });
  }
  void inherit(std::int64_t role, std::int64_t parent) {
    write([&](Transaction& db) { roles::set_parents(db, role, std::array{parent}); });
  }
  bool in_use(std::int64_t role) {
    return read([&](Reader& db) { return roles::in_use(db, role); });
  }
};
INSTANTIATE_TEST_SUITE_P(On, StoredRoles, BothEngines, engine_name);

const std::string Condition = R"({"owner":"resource.owner_id"})";

TEST_P(StoredRoles, AreReadWholeAsTheyWereMade) {
  const std::int64_t viewer = add_role("viewer");
  const std::int64_t editor = add_role("editor");
  put(viewer, {.pattern = "orders:read", .effect = Effect::Allow, .condition = {}});
  put(editor, {.pattern = "orders:update", .effect = Effect::Allow, .condition = Condition});
  put(editor, {.pattern = "orders:delete", .effect = Effect::Deny, .condition = {}});
  inherit(editor, viewer);
  const std::vector<Role> found = all();
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].name, "viewer");
  EXPECT_EQ(found[0].grants.size(), 1U);
  EXPECT_TRUE(found[0].parents.empty());
  EXPECT_EQ(found[1].number, editor);
  EXPECT_EQ(found[1].parents, std::vector{viewer});
  ASSERT_EQ(found[1].grants.size(), 2U);
  EXPECT_EQ(found[1].grants[0].effect, Effect::Deny);
  EXPECT_EQ(found[1].grants[1].condition, Condition);
  EXPECT_EQ(read([](Reader& db) { return roles::whole(db, "editor"); }), found[1]);
  EXPECT_FALSE(read([](Reader& db) { return roles::whole(db, "nobody"); }));
}

TEST_P(StoredRoles, HaveANameOnce) {
  add_role("viewer");
  write([&](Transaction& db) {
    EXPECT_FALSE(roles::add(db, {.name = "viewer"}, now));
    EXPECT_TRUE(roles::add(db, {.name = "editor"}, now)) << "the transaction goes on";
  });
}

TEST_P(StoredRoles, NeverGetANumberThatAnotherOneHad) {
  const std::int64_t viewer = add_role("viewer");
  write([&](Transaction& db) { roles::remove(db, viewer); });
  EXPECT_GT(add_role("viewer"), viewer);
}

TEST_P(StoredRoles, KeepOneGrantForAPatternAndAnEffect) {
  const std::int64_t role = add_role("editor");
  put(role, {.pattern = "orders:read", .effect = Effect::Allow, .condition = {}});
  put(role, {.pattern = "orders:read", .effect = Effect::Allow, .condition = Condition});
  put(role, {.pattern = "orders:read", .effect = Effect::Deny, .condition = {}});
  ASSERT_EQ(all()[0].grants.size(), 2U);
  EXPECT_EQ(all()[0].grants[0].condition, Condition);
  write([&](Transaction& db) {
    EXPECT_TRUE(grants::remove(db, role, "orders:read", Effect::Deny));
    EXPECT_FALSE(grants::remove(db, role, "orders:read", Effect::Deny));
    EXPECT_TRUE(grants::remove(db, role, "orders:read", std::nullopt));
  });
  EXPECT_TRUE(all()[0].grants.empty());
}

TEST_P(StoredRoles, AreInUseWhileAUserOrARoleHasThem) {
  const std::int64_t viewer = add_role("viewer");
  const std::int64_t editor = add_role("editor");
  EXPECT_FALSE(in_use(viewer));
  inherit(editor, viewer);
  EXPECT_TRUE(in_use(viewer));
  EXPECT_FALSE(in_use(editor));
  assign("ada", {.role = editor});
  EXPECT_TRUE(in_use(editor));
  write([&](Transaction& db) { roles::remove(db, editor); });
  EXPECT_FALSE(in_use(viewer));
  EXPECT_EQ(number("SELECT COUNT(*) FROM rbac_assignments"), 0);
}

TEST_P(StoredRoles, AreListedPageByPage) {
  for (const char* name : {"echo", "alpha", "delta", "bravo", "charlie"}) add_role(name);
  std::vector<std::string> seen;
  for (std::string after;;) {
    const auto page = read([&](Reader& db) { return roles::page(db, after, 2); });
    for (const RoleRow& row : page) seen.push_back(row.name);
    if (page.empty()) break;
    after = seen.back();
  }
  EXPECT_EQ(seen, (std::vector<std::string>{"alpha", "bravo", "charlie", "delta", "echo"}));
}

TEST_P(StoredRoles, RaiseTheirVersionWhenTheyAreTouched) {
  const std::int64_t role = add_role("viewer");
  write([&](Transaction& db) {
    roles::describe(db, role, "Looks on.");
    roles::touch(db, role, now + 1s);
  });
  const auto row = read([](Reader& db) { return roles::find(db, "viewer"); });
  EXPECT_EQ(row->version, 2);
  EXPECT_EQ(row->description, "Looks on.");
  EXPECT_EQ(row->created, now);
  EXPECT_EQ(row->updated, now + 1s);
  EXPECT_FALSE(row->of_file);
}

// identity.md, case 125.
TEST_P(StoredRoles, KeepWhateverLooksLikeSql) {
  const std::string hostile = "'; DROP TABLE rbac_roles; -- $1 ? \\x27 %27 \xc3\xa4";
  const std::int64_t role = add_role("viewer");
  write([&](Transaction& db) { roles::describe(db, role, hostile); });
  EXPECT_EQ(all()[0].description, hostile);
  EXPECT_FALSE(read([&](Reader& db) { return roles::find(db, hostile); }));
}

TEST_P(StoredRoles, AreMadeOfPermissionsThatHaveAName) {
  const auto put_name = [&](std::string_view name, std::string_view description) {
    return write(
        [&](Transaction& db) { return permission_names::put(db, name, description, now); });
  };
  EXPECT_TRUE(put_name("orders:read", "Looks."));
  EXPECT_TRUE(put_name("orders:delete", ""));
  EXPECT_FALSE(put_name("orders:read", "Looks at orders."));
  const auto page = read([](Reader& db) { return permission_names::page(db, "", 10); });
  ASSERT_EQ(page.size(), 2U);
  EXPECT_EQ(page[0].name, "orders:delete");
  EXPECT_EQ(page[1].description, "Looks at orders.");
  EXPECT_TRUE(write([](Transaction& db) { return permission_names::remove(db, "orders:read"); }));
  EXPECT_FALSE(write([](Transaction& db) { return permission_names::remove(db, "orders:read"); }));
}

}  // namespace
}  // namespace portico::rbac::test
