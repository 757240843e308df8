// SPDX-License-Identifier: Apache-2.0
#include "store/tables.h"

#include "shared/uuid.h"
#include "store/migrations.h"
#include "store/users.h"

namespace portico::auth::test {
namespace {

/// Has the tables, and lends the database to the test.
class Probe final : public Plugin {
 public:
  using Config = NoSettings;
  static constexpr Info info{"probe", "1.0.0", "Has the tables of auth"};
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
  uuid::Bytes made{};
  ++ids_;
  for (std::size_t i = 0; i < 4; ++i) made[i] = static_cast<std::byte>(ids_ >> (24 - 8 * i));
  return uuid::text_of(made);
}

std::string Tables::add_user(std::string_view email) {
  std::string made = id();
  write([&](Transaction& db) {
    users::insert(db, {.id = made, .email = email, .email_normalised = email}, now);
  });
  return made;
}

std::string Tables::open_session(std::string_view user_id, Time at) {
  std::string made = id();
  write([&](Transaction& db) {
    (void)sessions::open(db, {.id = made, .user_id = user_id, .key = 1}, at, limits);
  });
  return made;
}

std::optional<Session> Tables::session(std::string_view id) {
  return read([&](Reader& db) { return sessions::find(db, id); });
}

std::string engine_name(const ::testing::TestParamInfo<Sql::Engine>& info) {
  return info.param == Sql::Engine::Sqlite ? "SQLite" : "PostgreSQL";
}

}  // namespace portico::auth::test
