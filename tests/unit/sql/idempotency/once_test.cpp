// SPDX-License-Identifier: Apache-2.0
// What a client gets for its Idempotency-Key, on both engines.
#include "base/sha256.h"
#include "unit/sql/idempotency/once_fixture.h"
#include <portico/stream.h>

#include <array>
#include <span>
#include <stdexcept>

namespace portico::test {
namespace {

using Lines = std::vector<std::string>;

INSTANTIATE_TEST_SUITE_P(On, SqlOnce, testing::Values(Engine::Sqlite, Engine::PostgreSql), name_of);

TEST_P(SqlOnce, GivesTheSameAnswerAgain) {
  const Got first = ask(paying);
  const Got second = ask(paying);
  EXPECT_EQ(paid, 1);
  EXPECT_EQ(first.status, 201);
  EXPECT_FALSE(first.replayed());
  EXPECT_EQ(second.status, 201);
  EXPECT_EQ(second.body, first.body);
  EXPECT_TRUE(second.replayed());
  EXPECT_EQ(second.fields.at("Content-Type"), "text/plain");
  EXPECT_EQ(second.fields.at("Location"), "/payments/1");
}

TEST_P(SqlOnce, DoesWhatBearsNoKeyEachTime) {
  (void)ask(paying, {.key = ""});
  (void)ask(paying, {.key = ""});
  EXPECT_EQ(paid, 2);
  EXPECT_EQ(find("SELECT COUNT(*) FROM portico_idempotency_keys"), Lines{"0"});
}

TEST_P(SqlOnce, RefusesAKeyThatIsNone) {
  for (const std::string& key :
       {std::string(129, 'k'), std::string("k\xc3\xa4"), std::string("a\tb")}) {
    const Got got = ask(paying, {.key = key});
    EXPECT_EQ(got.status, 400) << key;
    EXPECT_TRUE(got.says("idempotency_key_invalid")) << got.body;
  }
  EXPECT_EQ(ask(paying, {.key = std::string(128, '~')}).status, 201);
  EXPECT_EQ(paid, 1);
}

TEST_P(SqlOnce, RefusesTwoKeysAndAnEmptyOne) {
  for (const auto& keys : {Lines{"a", "b"}, Lines{""}}) {
    base::Arena arena;
    http::RequestState request(arena);
    const base::ArenaScope scope(arena);
    for (const std::string& key : keys) request.headers().add("Idempotency-Key", key);
    EXPECT_EQ(answer(paying, request).status, 400);
    request.reset();
  }
  EXPECT_EQ(paid, 0);
}

TEST_P(SqlOnce, RefusesAnotherRequestWithTheSameKey) {
  (void)ask(paying);
  for (const Asking& other : {Asking{.body = R"({"amount":6})"}, Asking{.path = "/bank/payments/"},
                              Asking{.query = "a=b"}, Asking{.type = "text/plain"}}) {
    const Got got = ask(paying, other);
    EXPECT_EQ(got.status, 422);
    EXPECT_TRUE(got.says("idempotency_mismatch")) << got.body;
  }
  EXPECT_EQ(paid, 1);
}

TEST_P(SqlOnce, TakesKeysOfOtherCallersForOthers) {
  (void)ask(paying);
  (void)ask(paying, {.address = "192.0.2.2"});
  (void)ask(paying, {.user = "ada"});
  (void)ask(paying, {.user = "192.0.2.1"});
  EXPECT_EQ(paid, 4);
  EXPECT_TRUE(ask(paying, {.address = "192.0.2.9", .user = "ada"}).replayed());
}

TEST_P(SqlOnce, ReleasesTheKeyOfWhatThrewOrAskedForAnotherTry) {
  const Handler throws([this](Request&) -> Response {
    ++paid;
    throw std::runtime_error("no");
  });
  EXPECT_THROW((void)ask(throws), std::runtime_error);
  for (const Status status :
       {Status::InternalServerError, Status::ServiceUnavailable, Status::TooManyRequests}) {
    EXPECT_EQ(ask(always(status)).status, static_cast<int>(status));
  }
  EXPECT_EQ(ask(paying, {.body = "another"}).body, "5 another");
}

TEST_P(SqlOnce, KeepsARefusal) {
  EXPECT_EQ(ask(always(Status::Forbidden)).status, 403);
  const Got again = ask(paying);
  EXPECT_EQ(again.status, 403);
  EXPECT_TRUE(again.replayed());
  EXPECT_TRUE(again.says("no"));
}

TEST_P(SqlOnce, KeepsNoCookieNoFeedAndNothingLarge) {
  const std::array<Handler, 3> handlers{
      Handler([](Request&) {
        Response response;
        response.headers().add("Set-Cookie", "sid=1");
        return response;
      }),
      Handler([](Request&) { return stream(Feed(), "text/plain"); }), Handler([](Request&) {
        Response response;
        response.body(std::string(sql::LongestKeptBody + 1, 'x'), "text/plain");
        return response;
      })};
  for (const Handler& handler : handlers) {
    (void)ask(handler);
    EXPECT_EQ(find("SELECT COUNT(*) FROM portico_idempotency_keys"), Lines{"0"});
  }
}

TEST_P(SqlOnce, KeepsBytesAsTheyAre) {
  const std::string bytes("\0\xff\x80;", 4);
  const Handler binary([&](Request&) {
    Response response;
    response.headers().set("X-Name", "\xe4");
    response.body(bytes, "application/octet-stream");
    return response;
  });
  (void)ask(binary);
  const Got again = ask(binary);
  EXPECT_EQ(again.body, bytes);
  EXPECT_EQ(again.fields.at("X-Name"), "\xe4");
}

TEST_P(SqlOnce, KeepsAnEmptyAnswer) {
  const Handler empty([this](Request&) {
    ++paid;
    return Response(Status::NoContent);
  });
  (void)ask(empty);
  const Got again = ask(empty);
  EXPECT_EQ(again.status, 204);
  EXPECT_EQ(again.body, "");
  EXPECT_FALSE(again.fields.contains("Content-Type"));
  EXPECT_EQ(paid, 1);
}

TEST_P(SqlOnce, ForgetsAnAnswerAfterADay) {
  (void)ask(paying);
  clock.advance(24h - 1us);
  EXPECT_TRUE(ask(paying).replayed());
  clock.advance(1us);
  EXPECT_FALSE(ask(paying, {.body = "another"}).replayed());
  EXPECT_EQ(paid, 2);
}

// A body with a password, and an answer with a token, say, must be of no use to who has a dump.
TEST_P(SqlOnce, StoresNothingThatSomebodyCouldReadOrGuess) {
  const Handler telling([](Request&) {
    Response response;
    response.headers().set("X-Token", "hunter2-header");
    response.body("hunter2-answer", "text/plain");
    return response;
  });
  (void)ask(telling, {.key = "hunter2-key", .body = "hunter2-body", .user = "hunter2-user"});
  const Rows rows = sql.read([](Reader& db) {
    return db.query({"t.all",
                     "SELECT scope, key, fingerprint, response_headers, response_body FROM "
                     "portico_idempotency_keys"});
  });
  ASSERT_EQ(rows.size(), 1U);
  for (std::size_t column = 0; column < 5; ++column) {
    EXPECT_EQ(rows[0].text(column).find("hunter2"), std::string_view::npos) << column;
  }
  const std::string_view key = "hunter2-key";
  EXPECT_NE(rows[0].text(1), base::sha256(std::as_bytes(std::span(key))))
      << "without the secret nobody can try what may have been sent";
}

TEST_P(SqlOnce, OpensAnAnswerInItsOwnRowAlone) {
  (void)ask(paying);
  (void)ask(paying, {.key = "k2"});
  change(
      "UPDATE portico_idempotency_keys SET response_body = (SELECT other.response_body FROM "
      "portico_idempotency_keys AS other WHERE other.key <> portico_idempotency_keys.key)");
  EXPECT_THROW((void)ask(paying), std::runtime_error);
}

TEST_P(SqlOnce, PurgesWhatHasExpiredInBatches) {
  change(
      "INSERT INTO portico_idempotency_keys SELECT 's', CAST(n AS TEXT), 'f', 'h', 1, 200, NULL, "
      "NULL, 0, n FROM (WITH RECURSIVE c(n) AS (SELECT CAST(1 AS BIGINT) UNION ALL SELECT n + 1 "
      "FROM c WHERE n < 700) SELECT n FROM c) AS numbers");
  const auto purge = [&](std::chrono::microseconds now) {
    return sql.write([&](Transaction& db) { return sql::purge_idempotency_keys(db, now); });
  };
  EXPECT_EQ(purge(600us), sql::PurgedAtOnce);
  EXPECT_EQ(purge(600us), 100U);
  EXPECT_EQ(purge(600us), 0U);
  EXPECT_EQ(find("SELECT MIN(expires_at) FROM portico_idempotency_keys"), Lines{"601"});
}

}  // namespace
}  // namespace portico::test
