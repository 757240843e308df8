// SPDX-License-Identifier: Apache-2.0
#include "import_command.h"

#include "store/assignments.h"
#include "store/grants.h"
#include "store/migrations.h"
#include "store/roles.h"
#include <portico/sdk.h>
#include <portico/testing.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace portico::rbac {
namespace {

constexpr std::string_view Model = R"([request_definition]
r = sub, obj, act
[policy_definition]
p = sub, obj, act
[role_definition]
g = _, _
[policy_effect]
e = some(where (p.eft == allow))
[matchers]
m = g(r.sub, p.sub) && r.obj == p.obj && r.act == p.act
)";
constexpr std::string_view Policy = R"(p, admin, orders, delete
p, clerk, orders, read
g, admin, clerk
g, ada, admin
g, eve, clerk
)";

/// Runs it on the two files of a folder of its own.
class Import : public ::testing::Test {
 public:
  Import() {
    folder_ = std::filesystem::temp_directory_path() /
              ("import_" + std::to_string(reinterpret_cast<std::uintptr_t>(this)));
    std::filesystem::create_directory(folder_);
  }
  ~Import() override { std::filesystem::remove_all(folder_); }

  std::string file(std::string_view name, std::string_view text) {
    const std::filesystem::path path = folder_ / name;
    std::ofstream(path) << text;
    return path;
  }

  std::filesystem::path folder_;
};

/// Runs the command of a plugin that has the tables.
class Tool final : public Plugin {
 public:
  using Config = NoSettings;
  static constexpr Info info{"tool", "1.0.0", "Imports"};

  Tool(const Config&, Host& host)
      : sql(host.sql("main")),
        identity_(host.find<Identity>(Identity::ServiceName)),
        command_(&sql, identity_, host) {}
  void setup(Registrar& registrar) override {
    registrar.migrations("main", migrations());
    registrar.provide("tool/1", *this);
  }
  int run(std::vector<std::string> words) {
    Args args(std::move(words));
    return command_.run(args);
  }

  Sql& sql;

 private:
  Host::Service<Identity> identity_;
  ImportCommand command_;
};

struct Terminal {
  Terminal() : tool(begun(gateway)) {}
  testing::Gateway gateway;
  Tool* const tool;

 private:
  static Tool* begun(testing::Gateway& made) {
    made.sql("main").load<Tool>();
    made.start();
    return made.find<Tool>("tool/1");
  }
};

TEST_F(Import, ShowsAndWritesNothingUntilItIsToldTo) {
  Terminal run;
  EXPECT_EQ(run.tool->run({"import", file("model.conf", Model), file("policy.csv", Policy)}), 0);
  EXPECT_TRUE(run.tool->sql.read([](Reader& db) { return roles::all(db); }).empty());
}

TEST_F(Import, WritesRolesAndWhoHasThemAndLeavesOurAdministratorAlone) {
  Terminal run;
  const std::vector<std::string> words{"import", file("model.conf", Model),
                                       file("policy.csv", Policy), "--write"};
  ASSERT_EQ(run.tool->run(words), 0);
  // A second time changes nothing.
  ASSERT_EQ(run.tool->run(words), 0);
  run.tool->sql.read([](Reader& db) {
    const auto theirs = roles::whole(db, "imported-admin");
    ASSERT_TRUE(theirs);
    ASSERT_EQ(theirs->grants.size(), 1U);
    EXPECT_EQ(theirs->grants[0].pattern, "orders:delete");
    const auto clerk = roles::find(db, "clerk");
    ASSERT_TRUE(clerk);
    EXPECT_EQ(theirs->parents, std::vector<std::int64_t>{clerk->number});
    const auto admin = roles::whole(db, AdminRole);
    ASSERT_EQ(admin->grants.size(), 1U);
    EXPECT_EQ(admin->grants[0].pattern, "**");
    const auto ada = assignments::of(db, "ada");
    ASSERT_EQ(ada.size(), 1U);
    EXPECT_EQ(ada[0].role, theirs->number);
  });
}

TEST_F(Import, WritesNothingWhereSomebodyMightDoMoreThanBefore) {
  constexpr std::string_view Denying = R"([request_definition]
r = sub, obj, act
[policy_definition]
p = sub, obj, act, eft
[role_definition]
g = _, _
[policy_effect]
e = some(where (p.eft == allow)) && !some(where (p.eft == deny))
[matchers]
m = g(r.sub, p.sub) && r.obj == p.obj && r.act == p.act
)";
  constexpr std::string_view Lost =
      "p, clerk, /a path, read, deny\np, clerk, orders, read, allow\n";
  Terminal run;
  const std::string model = file("model.conf", Denying);
  const std::string policy = file("policy.csv", Lost);
  EXPECT_EQ(run.tool->run({"import", model, policy, "--write"}), 1);
  EXPECT_TRUE(run.tool->sql.read([](Reader& db) { return roles::all(db); }).empty());
  EXPECT_EQ(run.tool->run({"import", model, policy, "--write", "--allow-more"}), 0);
  EXPECT_FALSE(run.tool->sql.read([](Reader& db) { return roles::all(db); }).empty());
}

TEST_F(Import, WritesNothingIntoARoleOfSomebodyElse) {
  Terminal run;
  Tool& tool = *run.tool;
  const std::vector<std::string> words{"import", file("model", Model),
                                       file("policy", "p, user, secrets, read\ng, ada, user\n"),
                                       "--write"};
  EXPECT_EQ(tool.run(words), 1);
  const auto grants = [&] {
    return tool.sql.read([](Reader& db) { return roles::whole(db, "user")->grants.size(); });
  };
  EXPECT_EQ(grants(), 0U) << "every new account has it";
  auto allowed = words;
  allowed.emplace_back("--allow-more");
  EXPECT_EQ(tool.run(allowed), 0);
  EXPECT_EQ(grants(), 1U);
}

TEST_F(Import, SaysHowItIsUsed) {
  Terminal run;
  EXPECT_EQ(run.tool->run({}), 64);
  EXPECT_EQ(run.tool->run({"import", "one"}), 64);
  EXPECT_EQ(run.tool->run({"import", (folder_ / "none").string(), "none"}), 64);
}

}  // namespace
}  // namespace portico::rbac
