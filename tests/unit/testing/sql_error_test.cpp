// SPDX-License-Identifier: Apache-2.0
// What a client gets when a handler lets an error of its database pass.
#include <portico/sdk.h>
#include <portico/testing.h>

#include <gtest/gtest.h>

namespace portico::testing {
namespace {

class Failing final : public Plugin {
 public:
  using Config = NoSettings;
  static constexpr Info info{"failing", "1.0.0", "Throws what a database throws"};

  Failing(const Config&, Host&) {}

  void setup(Registrar& registrar) override {
    registrar.route("GET", "/away", [](Request&) -> Response {
      throw SqlError(SqlError::Kind::Unavailable, "notes.count", "the database is away");
    });
    registrar.route("GET", "/refused", [](Request&) -> Response {
      throw SqlError(SqlError::Kind::CheckViolation, "notes.add", "a check was violated");
    });
    registrar.middleware<NoSettings>("failing", [](const NoSettings&) {
      return [](Request&) {
        return defer(
            []() -> int {
              throw SqlError(SqlError::Kind::Busy, "notes.count", "no session came free");
            },
            [](Request&, int) { return pass(); });
      };
    });
  }
};

TEST(EscapedSqlError, OfADatabaseThatIsAwayIsAnsweredWithoutSayingMore) {
  Gateway gateway;
  gateway.load<Failing>();
  const Reply reply = gateway.get("/failing/away");
  EXPECT_EQ(reply.status, Status::ServiceUnavailable);
  EXPECT_EQ(reply.header("Retry-After"), "1");
  EXPECT_NE(reply.body.find(R"("code":"database_unavailable")"), std::string::npos) << reply.body;
  EXPECT_EQ(reply.body.find("notes"), std::string::npos) << reply.body;
}

TEST(EscapedSqlError, OfAStatementIsAFault) {
  Gateway gateway;
  gateway.load<Failing>();
  EXPECT_EQ(gateway.get("/failing/refused").status, Status::InternalServerError);
}

TEST(EscapedSqlError, OfADeferredJobIsAnsweredTheSame) {
  Gateway gateway;
  gateway.load<Failing>().use("failing");
  EXPECT_EQ(gateway.get("/").status, Status::ServiceUnavailable);
}

}  // namespace
}  // namespace portico::testing
