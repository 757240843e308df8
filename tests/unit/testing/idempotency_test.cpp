// SPDX-License-Identifier: Apache-2.0
// Idempotency-Keys, the outbox and ids, in the tests that plugin authors write.
#include <portico/sdk.h>
#include <portico/testing.h>

#include <chrono>
#include <string>

#include <gtest/gtest.h>

namespace portico::testing {
namespace {

using namespace std::chrono_literals;

class Bank final : public Plugin {
 public:
  using Config = NoSettings;
  static constexpr Info info{"bank", "1.0.0", "Takes payments"};

  Bank(const Config&, Host& host) : host_(host), sql_(host.sql()) {}

  void setup(Registrar& registrar) override {
    registrar.route("POST", "/payments", [this](Request& request) { return pay(request); })
        .idempotent(sql_);
    registrar.route("POST", "/refunds", [this](Request& request) { return pay(request); })
        .idempotent(sql_);
    registrar.route("POST", "/tips", [this](Request& request) { return pay(request); });
    registrar.route("POST", "/faulty", [this](Request&) -> Response {
      sql_.write([&](Transaction& db) { host_.publish(db, "Not a name", "", {}); });
      return Response();
    });
  }

 private:
  Response pay(Request& request) {
    const std::string id = host_.new_id();
    sql_.write([&](Transaction& db) {
      host_.publish(db, "payment.made", "ada", {{"amount", request.body()}});
    });
    Response response(Status::Created);
    response.body(id, "text/plain");
    return response;
  }

  Host& host_;
  Sql& sql_;
};

class TestingIdempotency : public ::testing::Test {
 public:
  TestingIdempotency() { gateway.sql("main").load<Bank>(); }

  Reply pay(std::string_view key, std::string_view path = "/bank/payments") {
    return gateway.request("POST", path, {{"Idempotency-Key", key}}, "5");
  }

  Gateway gateway;
};

TEST_F(TestingIdempotency, GivesTheSameAnswerAgain) {
  const Reply first = pay("k");
  const Reply second = pay("k");
  EXPECT_EQ(first.status, Status::Created);
  EXPECT_EQ(first.header("Idempotent-Replayed"), "");
  EXPECT_EQ(second.body, first.body);
  EXPECT_EQ(second.header("Idempotent-Replayed"), "true");
  EXPECT_EQ(gateway.outbox().size(), 1U);
}

TEST_F(TestingIdempotency, ForgetsByTheClockOfTheTest) {
  const Reply first = pay("k");
  gateway.advance(24h);
  EXPECT_NE(pay("k").body, first.body);
}

TEST_F(TestingIdempotency, IsOfOneRouteAndOfThoseThatSaySo) {
  (void)pay("k");
  EXPECT_EQ(pay("k", "/bank/refunds").header("Idempotent-Replayed"), "");
  (void)pay("k", "/bank/tips");
  (void)pay("k", "/bank/tips");
  EXPECT_EQ(gateway.outbox().size(), 4U);
}

TEST_F(TestingIdempotency, RefusesAKeyThatIsNone) {
  const Reply reply = pay(std::string(129, 'k'));
  EXPECT_EQ(reply.status, Status::BadRequest);
  EXPECT_NE(reply.body.find("idempotency_key_invalid"), std::string::npos) << reply.body;
}

TEST_F(TestingIdempotency, ShowsWhatWasPublishedWithinTransactions) {
  (void)pay("k");
  EXPECT_EQ(gateway.outbox(), std::vector<std::string>{R"(payment.made ada {"amount":"5"})"});
  EXPECT_TRUE(gateway.events().empty()) << "a dispatcher would tell of it once more";
}

TEST_F(TestingIdempotency, PublishesNothingUnderANameThatIsNone) {
  EXPECT_EQ(gateway.request("POST", "/bank/faulty").status, Status::InternalServerError);
  EXPECT_TRUE(gateway.outbox().empty());
  EXPECT_TRUE(gateway.logged("not the name of an event"));
}

TEST_F(TestingIdempotency, MakesIdsThatAscend) {
  const std::string first = pay("a").body;
  EXPECT_EQ(first.size(), 36U);
  EXPECT_LT(first, pay("b").body);
}

}  // namespace
}  // namespace portico::testing
