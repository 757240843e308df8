// SPDX-License-Identifier: Apache-2.0
#include "store/seed.h"

#include "store/grants.h"
#include "store/roles.h"
#include "store/tables.h"
#include "store/versions.h"

#include <stdexcept>

namespace portico::rbac::test {
namespace {

class Seed : public Tables {
 public:
  bool apply(const std::vector<SeedRole>& file) {
    return write([&](Transaction& db) { return apply_seed(db, file, now); });
  }
  Role role(std::string_view name) {
    return read([&](Reader& db) { return *roles::whole(db, name); });
  }
  std::int64_t version() {
    return read([](Reader& db) { return versions::current(db); });
  }
  std::string refusal(const std::vector<SeedRole>& file) {
    try {
      apply(file);
    } catch (const std::runtime_error& error) {
      return error.what();
    }
    return {};
  }

  static Grant allow(std::string pattern) {
    return {.pattern = std::move(pattern), .effect = Effect::Allow, .condition = {}};
  }
};
INSTANTIATE_TEST_SUITE_P(On, Seed, BothEngines, engine_name);

TEST_P(Seed, MakesTheStandardRoles) {
  EXPECT_TRUE(apply({}));
  EXPECT_TRUE(role("admin").system);
  EXPECT_EQ(role("admin").grants, std::vector{allow("**")});
  for (const char* name : {"manager", "user", "service"}) {
    EXPECT_FALSE(role(name).system);
    EXPECT_TRUE(role(name).grants.empty());
  }
  const std::int64_t before = version();
  EXPECT_FALSE(apply({}));
  EXPECT_EQ(version(), before);
}

TEST_P(Seed, WritesTheRolesOfTheFileInAnyOrder) {
  EXPECT_TRUE(apply({{"editor", "Writes.", {"viewer", "viewer"}, {allow("orders:update")}},
                     {"viewer", "Looks on.", {}, {allow("orders:read")}}}));
  EXPECT_EQ(role("editor").description, "Writes.");
  EXPECT_EQ(role("editor").parents, std::vector{role("viewer").number});
  EXPECT_EQ(role("viewer").grants, std::vector{allow("orders:read")});
  EXPECT_TRUE(read([](Reader& db) { return roles::find(db, "viewer")->of_file; }));
}

TEST_P(Seed, LeavesWhatTheApiChangedUntilTheFileSaysSomethingElse) {
  const std::vector<SeedRole> file{{"viewer", "", {}, {allow("orders:read")}},
                                   {"editor", "", {}, {allow("orders:update")}}};
  apply(file);
  write([&](Transaction& db) {
    grants::replace(db, role("viewer").number, std::vector{allow("bills:read")});
  });
  EXPECT_FALSE(apply(file));
  EXPECT_EQ(role("viewer").grants, std::vector{allow("bills:read")});
  const std::int64_t before = version();
  const std::int64_t editor = role("editor").version;
  EXPECT_TRUE(apply({{"viewer", "", {}, {allow("orders:list")}}, file[1]}));
  EXPECT_EQ(role("viewer").grants, std::vector{allow("orders:list")});
  EXPECT_EQ(role("editor").version, editor) << "its words are the same";
  EXPECT_EQ(version(), before + 1);
}

TEST_P(Seed, TurnsInheritanceRound) {
  apply({{"ab", "", {"bc"}, {}}, {"bc", "", {}, {}}});
  EXPECT_TRUE(apply({{"bc", "", {"ab"}, {}}, {"ab", "", {}, {}}}));
  EXPECT_EQ(role("bc").parents, std::vector{role("ab").number});
  EXPECT_TRUE(role("ab").parents.empty());
}

TEST_P(Seed, SaysMoreOfAStandardRole) {
  apply({{"user", "Everybody.", {}, {allow("orders:read")}}});
  EXPECT_EQ(role("user").grants, std::vector{allow("orders:read")});
}

TEST_P(Seed, RefusesRolesThatCannotBe) {
  EXPECT_NE(refusal({{"admin", "", {}, {}}}).find("admin"), std::string::npos);
  EXPECT_NE(refusal({{"viewer", "", {"nobody"}, {}}}).find("\"nobody\""), std::string::npos);
  EXPECT_NE(refusal({{"viewer", "", {"viewer"}, {}}}), "");
  EXPECT_NE(refusal({{"ab", "", {"bc"}, {}}, {"bc", "", {"ab"}, {}}}), "");
  EXPECT_EQ(number("SELECT COUNT(*) FROM rbac_roles"), 0) << "all of it or nothing";
}

TEST_P(Seed, IsWrittenOnceByManyNodes) {
  const std::vector<SeedRole> file{{"viewer", "", {}, {allow("orders:read")}}};
  const std::int64_t before = version();
  parallel(8, [&](std::size_t) { EXPECT_NO_THROW(apply(file)); });
  EXPECT_EQ(version(), before + 1);
  EXPECT_EQ(role("viewer").grants, std::vector{allow("orders:read")});
}

}  // namespace
}  // namespace portico::rbac::test
