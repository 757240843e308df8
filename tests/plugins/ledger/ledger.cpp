// SPDX-License-Identifier: Apache-2.0
// A sample of a plugin that keeps its records in a database: accounts with a balance.
//
//   databases: {main: {url: "sqlite:/var/lib/portico/portico.db"}}
//   plugins:
//     ledger: {database: main}
#include <portico/sdk.h>

#include <array>
#include <string>
#include <string_view>

namespace {

using namespace portico;

constexpr std::array Steps{
    Migration{.number = 1,
              .name = "accounts",
              .up = "CREATE TABLE accounts (name TEXT PRIMARY KEY, balance BIGINT NOT NULL)",
              .down = "DROP TABLE accounts"},
    Migration{.number = 2,
              .name = "opened",
              .up = "ALTER TABLE accounts ADD COLUMN opened BIGINT NOT NULL DEFAULT 0",
              .down = "ALTER TABLE accounts DROP COLUMN opened"}};
constexpr Statement Open{"ledger.open",
                         "INSERT INTO accounts (name, balance, opened) VALUES ($1, 0, $2)"};
constexpr Statement Balance{"ledger.balance", "SELECT balance FROM accounts WHERE name = $1"};
constexpr Statement Set{"ledger.set", "UPDATE accounts SET balance = $1 WHERE name = $2"};

class Ledger final : public Plugin {
 public:
  struct Config {
    std::string database;
    static void describe(Schema<Config>& s) {
      s.summary("Keeps accounts in a database.");
      s.field("database", &Config::database,
              "Its name in `databases`; the only one where it is empty.");
    }
  };
  static constexpr Info info{"ledger", "1.0.0", "Keeps accounts in a database"};

  Ledger(const Config& config, Host& host)
      : host_(host), database_(config.database), sql_(host.sql(config.database)) {}

  void setup(Registrar& r) override {
    r.migrations(database_, Steps);
    r.route("POST", "/accounts/{name}", [this](Request& request) {
      return answered([&] {
        open(*request.param("name"));
        return text("opened");
      });
    });
    r.route("GET", "/accounts/{name}", [this](Request& request) {
      return answered([&] { return read(*request.param("name")); });
    });
    const auto pay_in = [this](Request& request) {
      return answered([&] { return deposit(*request.param("name")); });
    };
    r.route("POST", "/accounts/{name}/deposit", pay_in).idempotent(sql_);
    r.middleware<NoSettings>("impatient", [this](const NoSettings&) {
      return [this](Request&) {
        sql_.read([](Reader&) {});  // A fault: a loop must not wait.
        return pass();
      };
    });
    r.command("open-account", "Opens accounts of these names", [this](Args& args) {
      for (const std::string& name : args.words()) open(name);
      return 0;
    });
  }

 private:
  static Response text(std::string_view text) {
    Response response;
    response.body(text, "text/plain");
    return response;
  }

  /// While the database is away, the client may come again later.
  template <class Work>
  static Response answered(Work work) {
    try {
      return work();
    } catch (const SqlError& error) {
      if (error.kind() == SqlError::Kind::UniqueViolation) {
        return problem(Status::Conflict, "exists", "There is such an account.");
      }
      if (!error.transient()) throw;
      return problem(Status::ServiceUnavailable, "away", "The accounts are not there.");
    }
  }

  void open(std::string_view name) {
    const std::int64_t now = host_.unix_time().count();
    sql_.write([&](Transaction& db) {
      db.change(Open, {name, now});
      host_.publish(db, "ledger.opened", name, {{"name", name}});
    });
  }

  Response read(std::string_view name) {
    const Rows found = sql_.read([&](Reader& db) { return db.query(Balance, {name}); });
    if (found.empty()) return problem(Status::NotFound, "nobody", "There is no such account.");
    return text(found[0].text(0));
  }

  Response deposit(std::string_view name) {
    const auto balance = sql_.write([&](Transaction& db) {
      const std::int64_t now = db.query(Balance, {name})[0].integer(0) + 1;
      db.change(Set, {now, name});
      return now;
    });
    return text(std::to_string(balance));
  }

  Host& host_;
  const std::string database_;
  Sql& sql_;
};

}  // namespace

PORTICO_EXPORT_PLUGIN(Ledger)
