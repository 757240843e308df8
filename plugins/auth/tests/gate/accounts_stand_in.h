// SPDX-License-Identifier: Apache-2.0
// The gate as a plugin that keeps accounts uses it: tokens of its own, sessions behind cookies,
// revocations. Its name is the plugin's.
#pragma once

#include "gate/gate.h"
#include "gate/test_issuer.h"
#include <portico/sdk.h>

#include <map>
#include <optional>
#include <stdexcept>
#include <string>

namespace portico::auth::test {

class AccountsStandIn final : public Plugin, public Sessions {
 public:
  using Config = auth::Config;
  static constexpr Info info{"auth", "0.1.0", "The gate with accounts"};

  AccountsStandIn(const Config& config, Host& host) : host_(host), gate_(config, host) {
    here = this;
  }
  ~AccountsStandIn() override { here = nullptr; }

  void setup(Registrar& registrar) override {
    gate_.setup(registrar);
    gate_.trust_own({.issuer = "https://own.example", .audiences = {"api"}}, shelf);
    gate_.keep_sessions(*this);
  }
  void start() override { gate_.start(); }

  std::optional<KnownSession> find(std::string_view cookie) override {
    ++looked_up;
    if (away) throw std::runtime_error("no database");
    const auto found = sessions.find(std::string(cookie));
    return found == sessions.end() ? std::nullopt : std::optional(found->second);
  }

  void deny(const Denial& denial) { gate_.revocations().deny(denial, host_.unix_time()); }
  void heard() { gate_.revocations().heard(host_.now()); }
  [[nodiscard]] std::string csrf_token(std::string_view session) const {
    return gate_.csrf().tokens().make(session, {});
  }

  static inline AccountsStandIn* here = nullptr;

  std::map<std::string, KnownSession> sessions{
      {"cookie-1",
       {.id = "s1",
        .subject = "ada",
        .roles = {"gold"},
        .scopes = {"read"},
        .issued = 1'700'000'000s,
        .authenticated = 1'700'000'000s,
        .expires = 1'700'000'600s}},
      {"cookie-2", {.id = "s2", .subject = "eve", .expires = 1'700'000'600s}}};
  std::shared_ptr<KeyShelf> shelf = std::make_shared<KeyShelf>();
  int looked_up = 0;
  bool away = false;

 private:
  Host& host_;
  Gate gate_;
};

using portico::testing::Fields;

class WithAccounts : public Gateway {
 public:
  explicit WithAccounts(std::string_view more = "") {
    load<AccountsStandIn>(
        "{issuers: [{issuer: \"https://other.example\", audience: api, "
        "shared_secret: 0123456789abcdef0123456789abcdef}]" +
        std::string(more) + "}");
    route("{match: {path: /who}, use: [auth], respond: \"it is {user.id}\"}");
    route("{match: {path: /open}, use: [auth.optional], respond: \"it is {user.id}\"}");
    route("{match: {path: /behind}, use: [auth], test_upstream: {}}");
    start();
    publish_keys();
  }

  void publish_keys() { accounts().shelf->put(set(), issuer.jwks()); }
  [[nodiscard]] std::string token(Payload payload = {}) const {
    return issuer.token(payload.set("iss", "\"https://own.example\""));
  }
  [[nodiscard]] Reply ask(std::string_view text, std::string_view target = "/who") {
    return get(target, {{"Authorization", bearer(text)}});
  }
  [[nodiscard]] Reply cookie(std::string_view value, std::string_view method = "GET",
                             Fields more = {}) {
    more.emplace_back("Cookie", "__Host-sid=" + std::string(value));
    more.emplace_back("Host", "app.example");
    return with(method, "/who", more);
  }
  [[nodiscard]] Reply with(std::string_view method, std::string_view target, const Fields& fields) {
    switch (fields.size()) {
      case 1: return request(method, target, {view(fields[0])});
      case 2: return request(method, target, {view(fields[0]), view(fields[1])});
      case 3: return request(method, target, {view(fields[0]), view(fields[1]), view(fields[2])});
      default:
        return request(method, target,
                       {view(fields[0]), view(fields[1]), view(fields[2]), view(fields[3])});
    }
  }
  [[nodiscard]] static AccountsStandIn& accounts() { return *AccountsStandIn::here; }

  TestIssuer issuer;

 private:
  static std::pair<std::string_view, std::string_view> view(const Fields::value_type& field) {
    return {field.first, field.second};
  }
  [[nodiscard]] KeySet set() const {
    KeySet keys;
    static_cast<void>(keys.add(issuer.key().public_key()));
    return keys;
  }
};

}  // namespace portico::auth::test
