// SPDX-License-Identifier: Apache-2.0
#include "unit/sql/database.h"

#include "config/units.h"

#include <stdexcept>

namespace portico::test {

std::vector<std::string> lines_of(const Rows& rows) {
  std::vector<std::string> lines;
  for (const Row row : rows) {
    std::string& line = lines.emplace_back();
    for (std::size_t column = 0;; ++column) {
      try {
        line += std::string(column == 0 ? "" : " | ") +
                std::string(row.maybe_text(column).value_or("-"));
      } catch (const std::logic_error&) {
        break;
      }
    }
  }
  return lines;
}

Database::Database(Engine engine) : engine_(engine) {
  if (engine == Engine::PostgreSql) server_.emplace();
}

Database::Database(const PostgresNetwork& network) : engine_(Engine::PostgreSql) {
  server_.emplace(network);
}

Database::~Database() = default;

sql::Options Database::options(const std::string& user) const {
  return options_of(engine_ == Engine::Sqlite ? "sqlite:" + folder_.path("test.db")
                                              : server_->url(user));
}

sql::Options Database::options_of(const std::string& url, const std::string& password) {
  config::Database settings;
  settings.url = *config::parse_url(url);
  settings.password = Secret(password);
  return sql::options_of(settings, {});
}

Sql& Database::use(sql::Options options) {
  service_.wake();
  const std::string name = "main" + std::to_string(clients_.size());
  clients_.push_back(std::make_unique<sql::Client>(service_.open(name, options)));
  clients_.back()->start();
  return *clients_.back();
}

Sql& Database::open(const sql::Timing& timing, std::size_t sessions) {
  sql::Options chosen = options();
  chosen.timing = timing;
  chosen.most_sessions = sessions;
  return use(chosen);
}

Sql& Database::open_as(const std::string& user, const sql::Timing& timing) {
  sql::Options chosen = options(user);
  chosen.timing = timing;
  return use(chosen);
}

std::uint64_t EachEngine::change(std::string_view text, GivenSqlValues values) {
  return sql.write([&](Transaction& db) { return db.change({"test.change", text}, values); });
}

std::vector<std::string> EachEngine::find(std::string_view text, GivenSqlValues values) {
  return sql.read([&](Reader& db) { return lines_of(db.query({"test.find", text}, values)); });
}

}  // namespace portico::test
