// SPDX-License-Identifier: Apache-2.0
// Somebody who issues tokens, for tests of what the gate makes of them. Time begins at 1700000000.
#pragma once

#include "auth.h"
#include "jose/key_set.h"
#include "jose/signing_key.h"
#include <portico/testing.h>

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace portico::auth::test {

using namespace std::chrono_literals;
using portico::testing::Forwarded;
using portico::testing::Gateway;
using portico::testing::Reply;

inline constexpr std::int64_t Birth = 1'700'000'000;
inline constexpr std::string_view Name = "https://id.example";

/// Claims of one token: what is set replaces or joins those of a good one. Values are JSON.
class Payload {
 public:
  Payload& set(std::string_view name, std::string_view json) {
    for (auto& [key, value] : claims_) {
      if (key != name) continue;
      value = json;
      return *this;
    }
    claims_.emplace_back(name, json);
    return *this;
  }
  Payload& drop(std::string_view name) {
    std::erase_if(claims_, [name](const auto& claim) { return claim.first == name; });
    return *this;
  }
  [[nodiscard]] std::string text() const {
    std::string text;
    for (const auto& [name, value] : claims_) {
      text += (text.empty() ? "{\"" : ",\"") + name + "\":" + value;
    }
    return text + "}";
  }

 private:
  std::vector<std::pair<std::string, std::string>> claims_{{"iss", "\"https://id.example\""},
                                                           {"sub", "\"ada\""},
                                                           {"aud", "\"api\""},
                                                           {"exp", "1700000600"},
                                                           {"iat", "1700000000"},
                                                           {"jti", "\"t1\""},
                                                           {"sid", "\"s1\""},
                                                           {"auth_time", "1700000000"},
                                                           {"scope", "\"read write\""},
                                                           {"roles", "[\"gold\",\"staff\"]"}};
};

class TestIssuer {
 public:
  [[nodiscard]] std::string token(const Payload& payload = {},
                                  std::string_view type = "at+jwt") const {
    return key_.sign(payload.text(), type);
  }
  [[nodiscard]] std::string jwks() const {
    KeySet set;
    static_cast<void>(set.add(key_.public_key()));
    return set.jwks();
  }
  [[nodiscard]] const SigningKey& key() const noexcept { return key_; }
  /// From now on it signs with another key.
  void rotate() { key_ = SigningKey::generate(); }

 private:
  SigningKey key_ = SigningKey::generate();
};

[[nodiscard]] inline std::string bearer(std::string_view token) {
  return "Bearer " + std::string(token);
}

[[nodiscard]] inline std::string code_of(const Reply& reply) {
  const std::size_t at = reply.body.find("\"code\":\"");
  if (at == std::string::npos) return {};
  const std::size_t begin = at + 8;
  return reply.body.substr(begin, reply.body.find('"', begin) - begin);
}

/// A gateway that trusts one issuer, whose keys it fetches.
class Guarded : public Gateway {
 public:
  explicit Guarded(std::string_view more = "", std::string_view of_issuer = "") {
    fetches([this](const Fetch& order) { return serve(order); });
    load<AuthPlugin>(
        "{issuers: [{issuer: \"https://id.example\", audience: api, jwks: "
        "\"https://id.example/keys\"" +
        std::string(of_issuer) + "}]" + std::string(more) + "}");
    route("{match: {path: /open}, use: [auth.optional], respond: \"it is {user.id}\"}");
    route("{match: {path: /fresh}, use: [auth.fresh], respond: fresh}");
    route("{match: {path: /read}, use: [{auth: {scopes: [read]}}], respond: read}");
    route("{match: {path: /admin}, use: [{auth: {scopes: [read, admin]}}], respond: admin}");
    route("{match: {path: /who}, use: [auth], respond: \"it is {user.id}\"}");
    route("{match: {path: /behind}, use: [auth], test_upstream: {}}");
  }

  [[nodiscard]] Reply ask(std::string_view target, std::string_view token) {
    return get(target, {{"Authorization", bearer(token)}});
  }
  [[nodiscard]] Reply ask(std::string_view target = "/who") { return ask(target, issuer.token()); }

  TestIssuer issuer;
  int fetched = 0;
  bool away = false;  ///< The server of keys.

 private:
  Fetched serve(const Fetch& order) {
    ++fetched;
    Fetched answer;
    if (away || order.url != "https://id.example/keys") {
      answer.error = "nobody there";
    } else {
      answer.status = Status::Ok;
      answer.body = issuer.jwks();
    }
    return answer;
  }
};

}  // namespace portico::auth::test
