// SPDX-License-Identifier: Apache-2.0
// A handler that honours Idempotency-Key, on both engines.
#include "sql/idempotency/once.h"

#include "http/request_state.h"
#include "unit/sql/core_tables.h"
#include "unit/sql/database.h"
#include <portico/cookie.h>
#include <portico/identity.h>
#include <portico/stream.h>

#include <array>
#include <atomic>
#include <latch>
#include <map>
#include <stdexcept>
#include <thread>

namespace portico::test {
namespace {

using namespace std::chrono_literals;
using Lines = std::vector<std::string>;
using Handler = sql::Once::Handler;

class MovedClock final : public base::Clock {
 public:
  [[nodiscard]] std::chrono::nanoseconds now() const noexcept override { return {}; }
  [[nodiscard]] std::chrono::microseconds unix_time() const noexcept override { return time; }
  std::atomic<std::chrono::microseconds> time{1'700'000'000s};
  void advance(std::chrono::microseconds by) { time = time.load() + by; }
};

struct Asking {
  std::string key = "k1";  ///< Empty: none.
  std::string body = R"({"amount":5})";
  std::string path = "/bank/payments";
  std::string query{};
  std::string type = "application/json";
  std::string address = "192.0.2.1";
  std::string user{};
};

struct Got {
  int status;
  std::string body;
  std::map<std::string, std::string> fields;
  [[nodiscard]] bool replayed() const { return fields.contains("Idempotent-Replayed"); }
  [[nodiscard]] bool says(std::string_view code) const {
    return body.find("\"code\":\"" + std::string(code) + '"') != std::string::npos;
  }
};

class SqlOnce : public EachEngine {
 protected:
  SqlOnce() { make_core_tables(database); }

  Got ask(const Handler& handler, const Asking& asking = {}) {
    base::Arena arena;
    http::RequestState request(arena);
    const base::ArenaScope scope(arena);
    request.head = {.method = "POST",
                    .path = asking.path,
                    .query = asking.query,
                    .host = "example.com",
                    .scheme = "https",
                    .client_address = asking.address,
                    .id = "id-1",
                    .params = {}};
    request.body_bytes = asking.body;
    request.headers().set("Content-Type", asking.type);
    if (!asking.key.empty()) request.headers().set("Idempotency-Key", asking.key);
    if (!asking.user.empty()) request.set(UserId, std::string_view(asking.user));
    Got got = answer(handler, request);
    request.reset();
    return got;
  }

  Got answer(const Handler& handler, Request& request) {
    sql::Once once(handler, "bank", "POST /payments", {*asked, clock, ids}, database.log);
    const Response response = once(request);
    Got got{static_cast<int>(response.status()), std::string(response.body()), {}};
    for (std::size_t i = 0; i < response.headers().size(); ++i) {
      const auto [name, value] = response.headers()[i];
      got.fields[std::string(name)] += value;
    }
    return got;
  }

  /// Pays, and says how often it did.
  Handler paying = [this](Request& request) {
    Response response(Status::Created);
    response.body(std::to_string(++paid) + " " + std::string(request.body()), "text/plain");
    response.headers().set("Location", "/payments/1");
    return response;
  };
  /// Answers so.
  Handler always(Status status) {
    return Handler([this, status](Request&) {
      ++paid;
      return problem(status, "no", "No.");
    });
  }

  Sql* asked = &sql;
  MovedClock clock;
  base::Ids ids{clock};
  std::atomic<int> paid{0};
};
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

TEST_P(SqlOnce, TellsWhoComesMeanwhileToComeAgain) {
  Got meanwhile{};
  const Handler slow([&](Request&) {
    meanwhile = ask(paying);
    return Response(Status::Created);
  });
  EXPECT_EQ(ask(slow).status, 201);
  EXPECT_EQ(meanwhile.status, 409);
  EXPECT_TRUE(meanwhile.says("request_in_progress"));
  EXPECT_EQ(meanwhile.fields.at("Retry-After"), "1");
  EXPECT_EQ(paid, 0);
}

TEST_P(SqlOnce, TakesTheKeyOverFromWhoIsLostAndDoesNotGiveItBack) {
  const Handler lost([&](Request&) {
    clock.advance(59s);
    EXPECT_EQ(ask(paying).status, 409);
    clock.advance(1s);
    EXPECT_EQ(ask(paying).status, 201);
    return problem(Status::InternalServerError, "late", "Late.");
  });
  EXPECT_EQ(ask(lost).status, 500);
  EXPECT_TRUE(ask(paying).replayed()) << "who had lost the key must not release it";
  const Handler late([&](Request&) {
    clock.advance(25h);
    EXPECT_EQ(ask(paying).status, 201);
    Response response;
    response.body("late", "text/plain");
    return response;
  });
  clock.advance(25h);
  EXPECT_EQ(ask(late).body, "late");
  EXPECT_NE(ask(paying).body, "late");
}

TEST_P(SqlOnce, StoresNothingThatTheClientSent) {
  (void)ask(always(Status::Forbidden),
            {.key = "hunter2-key", .body = "hunter2-body", .user = "hunter2-user"});
  for (const std::string& line :
       find("SELECT scope, key, fingerprint FROM portico_idempotency_keys")) {
    EXPECT_EQ(line.find("hunter2"), std::string::npos) << line;
  }
}

TEST_P(SqlOnce, AnswersOneOfFiftyAtOnce) {
  constexpr int Many = 50;
  asked = &database.open({}, 16);
  std::latch ready(Many);
  std::vector<Got> got(Many);
  std::vector<std::thread> threads;
  for (Got& mine : got) {
    threads.emplace_back([&] {
      ready.arrive_and_wait();
      do {
        mine = ask(paying);
      } while (mine.status == 409 || mine.status == 503);
    });
  }
  for (std::thread& each : threads) each.join();
  EXPECT_EQ(paid, 1);
  int first = 0;
  for (const Got& each : got) {
    EXPECT_EQ(each.status, 201) << each.body;
    EXPECT_EQ(each.body, got.front().body);
    first += each.replayed() ? 0 : 1;
  }
  EXPECT_EQ(first, 1);
}

TEST_P(SqlOnce, ServesFiftyKeysAtOnce) {
  constexpr int Many = 50;
  asked = &database.open({}, 16);
  std::latch ready(Many);
  std::atomic<int> refused{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < Many; ++i) {
    threads.emplace_back([&, i] {
      const Asking asking{.key = "key " + std::to_string(i)};
      ready.arrive_and_wait();
      while (ask(paying, asking).status != 201) ++refused;
    });
  }
  for (std::thread& each : threads) each.join();
  EXPECT_EQ(paid, Many);
  EXPECT_LT(refused, Many);
  EXPECT_EQ(find("SELECT COUNT(*) FROM portico_idempotency_keys WHERE status = 1"), Lines{"50"});
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

class SqlOnceOutage : public SqlOnce {};
INSTANTIATE_TEST_SUITE_P(On, SqlOnceOutage, testing::Values(Engine::PostgreSql), name_of);

TEST_P(SqlOnceOutage, DoesNothingWithoutTheDatabase) {
  database.server().kill();
  const Got got = ask(paying);
  EXPECT_EQ(got.status, 503);
  EXPECT_TRUE(got.says("database_unavailable"));
  EXPECT_EQ(ask(paying, {.key = ""}).status, 201) << "what bears no key needs none";
}

TEST_P(SqlOnceOutage, InTheMiddleLosesNoAnswer) {
  const Handler cut([&](Request&) {
    database.server().kill();
    return Response(Status::Created);
  });
  EXPECT_EQ(ask(cut).status, 201);
  EXPECT_EQ(database.log.records().back().message,
            "an answer was not kept for its Idempotency-Key");
}

}  // namespace
}  // namespace portico::test
