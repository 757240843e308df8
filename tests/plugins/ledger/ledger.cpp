// SPDX-License-Identifier: Apache-2.0
// A sample of a plugin that keeps its records in a database: accounts with a balance.
//
//   databases: {main: {url: "sqlite:/var/lib/portico/portico.db"}}
//   plugins:
//     ledger: {database: main}
#include <portico/sdk.h>

#include <string>
#include <string_view>

namespace {

using namespace portico;

constexpr Statement Make{
    "ledger.make",
    "CREATE TABLE IF NOT EXISTS accounts (name TEXT PRIMARY KEY, balance BIGINT NOT NULL)"};
constexpr Statement Open{"ledger.open", "INSERT INTO accounts (name, balance) VALUES ($1, 0)"};
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

  Ledger(const Config& config, Host& host) : sql_(sql_of(host, config.database)) {}

  void setup(Registrar& r) override {
    r.route("POST", "/accounts/{name}", [this](Request& request) {
      return answered([&] { return open(*request.param("name")); });
    });
    r.route("GET", "/accounts/{name}", [this](Request& request) {
      return answered([&] { return read(*request.param("name")); });
    });
    r.route("POST", "/accounts/{name}/deposit", [this](Request& request) {
      return answered([&] { return deposit(*request.param("name")); });
    });
    r.middleware<NoSettings>("impatient", [this](const NoSettings&) {
      return [this](Request&) {
        sql_.read([](Reader&) {});  // A fault: a loop must not wait.
        return pass();
      };
    });
  }

  void start() override {
    sql_.write([](Transaction& db) { db.change(Make); });
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

  Response open(std::string_view name) {
    sql_.write([&](Transaction& db) { db.change(Open, {name}); });
    return text("opened");
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

  Sql& sql_;
};

}  // namespace

PORTICO_EXPORT_PLUGIN(Ledger)
