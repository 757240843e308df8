// SPDX-License-Identifier: Apache-2.0
// A handler that honours Idempotency-Key, and who asks it.
#pragma once

#include "http/request_state.h"
#include "sql/idempotency/once.h"
#include "unit/sql/core_tables.h"
#include "unit/sql/database.h"
#include <portico/identity.h>

#include <atomic>
#include <chrono>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace portico::test {

using namespace std::chrono_literals;

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
 public:
  using Handler = sql::Once::Handler;

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
    if (!asking.user.empty()) {
      Principal who;
      who.subject = asking.user;
      request.principal(who);
    }
    Got got{503, {}, {}};
    try {
      got = answer(handler, request);
    } catch (const SqlError& error) {
      // As core answers it.
      if (!error.transient()) throw;
    }
    request.reset();
    return got;
  }

  Got answer(const Handler& handler, Request& request) {
    sql::Once once(handler, "bank", "POST /payments", {*asked, sealer, clock, ids}, sealer,
                   database.log);
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
  base::Sealer sealer{[] { return std::string(32, 's'); }};
  MovedClock clock;
  base::Ids ids{clock};
  std::atomic<int> paid{0};
};

}  // namespace portico::test
