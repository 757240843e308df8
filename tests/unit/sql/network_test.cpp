// SPDX-License-Identifier: Apache-2.0
// A PostgreSQL that is reached by TCP: who is let in, whom we trust, and how long its name may
// take.
#include "loop/loop.h"
#include "unit/loop/dns/name_server.h"
#include "unit/sql/database.h"
#include "unit/tls/certificates.h"

#include <chrono>

namespace portico::test {
namespace {

using namespace std::chrono_literals;
using Kind = SqlError::Kind;
using Lines = std::vector<std::string>;
using Clock = std::chrono::steady_clock;

/// With a blank, a quote and a backslash: libpq would split a list of settings there.
constexpr std::string_view Password = R"(open 'sesame\)";
constexpr std::string_view Access =
    "local all all trust\n"
    "host all all 127.0.0.1/32 scram-sha-256\n";

const tls::Certified& authority() {
  static const tls::Certified made = tls::certify({.subject = "authority", .authority = true});
  return made;
}

PostgresNetwork network() {
  const tls::Certified server =
      tls::certify({.subject = "database", .names = {"DNS:localhost"}}, &authority());
  return {.certificate = server.certificate_pem(),
          .key = server.key_pem(),
          .access = std::string(Access)};
}

class SqlNetwork : public testing::Test {
 public:
  SqlNetwork() {
    database.open().write([](Transaction& db) {
      db.change({"t.role", R"(CREATE ROLE ada LOGIN PASSWORD 'open ''sesame\')"});
    });
  }

  [[nodiscard]] sql::Options options(const std::string& host, const std::string& query,
                                     std::string_view password = Password) {
    return Database::options_of("postgresql://ada@" + host + ":" +
                                    std::to_string(database.server().port()) + "/postgres?" + query,
                                std::string(password));
  }
  [[nodiscard]] std::string verified(const tls::Certified& by = authority()) const {
    return "sslmode=verify-full&sslrootcert=" + folder.write("ca.pem", by.certificate_pem());
  }
  Lines answer(const sql::Options& to) {
    return database.use(to).read([](Reader& db) {
      return lines_of(db.query({"t.who",
                                "SELECT current_user, CAST(ssl AS TEXT) FROM pg_stat_ssl WHERE pid "
                                "= pg_backend_pid()"}));
    });
  }
  std::string refusal(const sql::Options& to) {
    try {
      return "answered: " + answer(to).at(0);
    } catch (const SqlError& error) {
      EXPECT_EQ(error.kind(), Kind::Unavailable);
      return error.what();
    }
  }

  TemporaryFolder folder;
  Database database{network()};
};

TEST_F(SqlNetwork, LetsInWhoKnowsThePassword) {
  EXPECT_EQ(answer(options("127.0.0.1", "sslmode=disable")), Lines{"ada | false"});
}

TEST_F(SqlNetwork, RefusesAnotherPasswordAndTellsNone) {
  const std::string said = refusal(options("127.0.0.1", "sslmode=disable", "hunter2"));
  EXPECT_NE(said.find("password authentication failed"), std::string::npos) << said;
  EXPECT_EQ(said.find("hunter2"), std::string::npos) << said;
}

TEST_F(SqlNetwork, IsEncryptedAndVerified) {
  EXPECT_EQ(answer(options("localhost", verified())), Lines{"ada | true"});
}

TEST_F(SqlNetwork, RefusesACertificateOfAnotherAuthority) {
  const tls::Certified other = tls::certify({.subject = "other", .authority = true});
  const std::string said = refusal(options("localhost", verified(other)));
  EXPECT_NE(said.find("certificate verify failed"), std::string::npos) << said;
}

TEST_F(SqlNetwork, RefusesACertificateForAnotherName) {
  const std::string said = refusal(options("127.0.0.1", verified()));
  EXPECT_NE(said.find("does not match host name"), std::string::npos) << said;
}

TEST_F(SqlNetwork, TriesHostsOneAfterTheOther) {
  sql::Options several = options("localhost", verified());
  several.main.host = "/nowhere,localhost";
  EXPECT_EQ(answer(several), Lines{"ada | true"});
}

TEST_F(SqlNetwork, WaitsNoLongerForANameThanForAConnection) {
  loop::Loop loop(base::system_clock());
  const loop::dns::NameServer silent(loop);
  sql::Options slow = options("db.example", "sslmode=disable");
  slow.main.name_servers = {silent.address()};
  slow.timing.connect = 100ms;
  const auto begin = Clock::now();
  const std::string said = refusal(slow);
  EXPECT_NE(said.find("no name server answered in time"), std::string::npos) << said;
  EXPECT_LT(Clock::now() - begin, 2s);
}

}  // namespace
}  // namespace portico::test
