// SPDX-License-Identifier: Apache-2.0
#include "store/tables.h"

#include "store/assignments.h"
#include "store/migrations.h"
#include "store/roles.h"
#include "store/seed.h"

namespace portico::rbac::test {
namespace {

/// Has the tables, and lends the database to the test.
class Probe final : public Plugin {
 public:
  using Config = NoSettings;
  static constexpr Info info{"probe", "1.0.0", "Has the tables of rbac"};
  static constexpr std::string_view ServiceName = "probe/1";

  Probe(const Config&, Host& host) : sql_(host.sql("main")) {}
  void setup(Registrar& registrar) override {
    registrar.migrations("main", migrations());
    registrar.provide(ServiceName, sql_);
  }

 private:
  Sql& sql_;
};

}  // namespace

Tables::Tables() {
  if (GetParam() == Sql::Engine::PostgreSql) {
    server_.emplace();
    gateway_.sql("main", server_->url());
  } else {
    gateway_.sql("main");
  }
  gateway_.load<Probe>();
  gateway_.start();
  sql = gateway_.find<Sql>(Probe::ServiceName);
}

std::uint64_t Tables::change(std::string_view text, GivenSqlValues values) {
  return write([&](Transaction& db) { return db.change({"test.change", text}, values); });
}

std::int64_t Tables::number(std::string_view text, GivenSqlValues values) {
  return read([&](Reader& db) { return db.query({"test.number", text}, values)[0].integer(0); });
}

std::string Tables::id() {
  std::string made = std::to_string(++ids_);
  made.insert(0, 8 - made.size(), '0');
  return made + "-0000-7000-8000-000000000000";
}

std::int64_t Tables::add_role(std::string_view name) {
  return write([&](Transaction& db) { return *roles::add(db, {.name = name}, now); });
}

std::int64_t Tables::add_standard_roles() {
  return write([&](Transaction& db) {
    apply_seed(db, {}, now);
    return roles::find(db, AdminRole)->number;
  });
}

void Tables::assign(std::string_view user, const Assignment& assignment) {
  write([&](Transaction& db) {
    assignments::put(db, {.id = id(), .user = user, .assignment = assignment}, now);
  });
}

std::string engine_name(const ::testing::TestParamInfo<Sql::Engine>& info) {
  return info.param == Sql::Engine::Sqlite ? "SQLite" : "PostgreSQL";
}

}  // namespace portico::rbac::test
