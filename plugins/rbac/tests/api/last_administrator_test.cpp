// SPDX-License-Identifier: Apache-2.0
// Section G of identity.md, case 113, by two requests at once: each of the last two administrators
// takes the other one's role, on a node of their own, so that neither node has heard of the other
// request. On both engines.
#include "api/callers.h"
#include "api/site.h"
#include "rbac.h"
#include "store/tables.h"
#include "unit/temporary_folder.h"

#include <array>
#include <optional>

namespace portico::rbac::test {
namespace {

class Node {
 public:
  explicit Node(const std::string& url) {
    gateway_.sql("main", url).load<Callers>().load<RbacPlugin>("{database: main}").use("callers");
    gateway_.start();
  }

  Reply call(std::string_view user, std::string_view method, const std::string& path,
             std::string_view json = {}) {
    return gateway_.request(method, "/rbac/users/" + path,
                            {{"X-Caller", user}, {"Content-Type", "application/json"}}, json);
  }
  void make_administrator(std::string_view user) {
    auto* const permissions = gateway_.find<Permissions>(Permissions::ServiceName);
    sql().write([&](Transaction& db) { permissions->make_administrator(db, user); });
  }
  [[nodiscard]] std::int64_t administrators() {
    return sql().read([](Reader& db) {
      return db
          .query({"test.administrators",
                  "SELECT COUNT(*) FROM rbac_assignments a JOIN rbac_roles r ON r.number = a.role "
                  "WHERE r.name = 'admin'"})[0]
          .integer(0);
    });
  }
  void hear_of_the_other() { gateway_.advance(5s); }

 private:
  Sql& sql() { return gateway_.find<Callers>(Callers::ServiceName)->sql; }

  Gateway gateway_;
};

class LastTwo : public ::testing::TestWithParam<Sql::Engine> {
 public:
  static constexpr std::array<std::string_view, 2> Users{"ada", "eve"};

  LastTwo() {
    if (GetParam() == Sql::Engine::PostgreSql) server_.emplace();
    const std::string url = server_ ? server_->url() : "sqlite:" + folder_.path("main.db");
    for (auto& node : nodes) node.emplace(url);
    for (const std::string_view user : Users) nodes[0]->make_administrator(user);
    hear_of_each_other();
  }
  void hear_of_each_other() {
    for (auto& node : nodes) node->hear_of_the_other();
  }
  /// Of the user who took the other one's role, or did not.
  std::array<Reply, 2> dismiss_each_other() {
    std::array<Reply, 2> replies;
    Tables::parallel(2, [&](std::size_t i) {
      const std::string other(Users[1 - i]);
      replies[i] = nodes[i]->call(Users[i], "DELETE", other + "/roles/admin");
    });
    return replies;
  }

  std::array<std::optional<Node>, 2> nodes;

 private:
  const portico::test::TemporaryFolder folder_;
  std::optional<portico::test::PostgresServer> server_;
};
INSTANTIATE_TEST_SUITE_P(On, LastTwo, BothEngines, engine_name);

TEST_P(LastTwo, Attack113DismissEachOtherAndOneStays) {
  for (int round = 0; round < 10; ++round) {
    const std::array<Reply, 2> replies = dismiss_each_other();
    const std::size_t stayed = replies[0].status == Status::NoContent ? 0 : 1;
    EXPECT_EQ(replies[stayed].status, Status::NoContent) << replies[stayed].body;
    // Whoever comes second is the last one, or finds out first that the role is gone.
    const Reply& second = replies[1 - stayed];
    EXPECT_TRUE(second.status == Status::Forbidden || code_of(second) == "last_admin")
        << second.body;
    ASSERT_EQ(nodes[0]->administrators(), 1);
    const Reply again = nodes[stayed]->call(
        Users[stayed], "POST", std::string(Users[1 - stayed]) + "/roles", R"({"role":"admin"})");
    ASSERT_EQ(again.status, Status::Created) << again.body;
    hear_of_each_other();
  }
}

}  // namespace
}  // namespace portico::rbac::test
