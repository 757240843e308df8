// SPDX-License-Identifier: Apache-2.0
// A gateway with accounts, as its clients, its mailbox and its database see it. Time stands still
// but for `gateway.advance`. Passwords are hashed at the lowest cost, so that tests are quick.
#pragma once

#include "auth.h"
#include <portico/testing.h>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace portico::auth::test {

using portico::testing::Gateway;
using portico::testing::GivenFields;
using portico::testing::Reply;

inline constexpr std::string_view Password = "correct horse battery";

/// The text of a member of a JSON object, at any depth; empty where there is none.
[[nodiscard]] std::string member(const std::string& json, std::string_view name);
[[nodiscard]] inline std::string code_of(const Reply& reply) { return member(reply.body, "code"); }
/// The value of a cookie that the answer sets; nothing where it sets none of that name.
[[nodiscard]] std::optional<std::string> set_cookie(const Reply& reply, std::string_view name);
/// The whole line.
[[nodiscard]] std::string set_cookie_line(const Reply& reply, std::string_view name);

struct SentMail {
  std::string about;
  std::string to;
  std::string link;
  std::string code;
  [[nodiscard]] std::string token() const { return link.substr(link.find("token=") + 6); }
};

struct Tokens {
  std::string access;
  std::string refresh;
  std::string session;
};

class Site {
 public:
  /// `more` are further settings of the plugin: "delivery: cookie, sign_up: closed".
  explicit Site(const std::string& more = {});
  Site(const Site&) = delete;
  Site& operator=(const Site&) = delete;

  Reply post(std::string_view path, std::string_view json, GivenFields headers = {});
  Reply get(std::string_view path, std::string_view access_token = {});
  Reply with_token(std::string_view method, std::string_view path, std::string_view access_token,
                   std::string_view json = {});

  Reply sign_up(std::string_view email, std::string_view password = Password);
  /// A user who has confirmed their address.
  void enrol(std::string_view email, std::string_view password = Password);
  Reply login(std::string_view email, std::string_view password = Password,
              GivenFields headers = {});
  /// Requires that it goes well.
  Tokens tokens(std::string_view email, std::string_view password = Password);
  Reply refresh(std::string_view token);

  /// All mails so far, the oldest first.
  [[nodiscard]] std::vector<SentMail> mails() const;
  /// The newest one about that.
  [[nodiscard]] SentMail mail(std::string_view about) const;
  [[nodiscard]] std::size_t mails_about(std::string_view about) const;

  /// The number that a query for one gives.
  [[nodiscard]] std::int64_t number(std::string_view query) const;
  void change(std::string_view statement) const;
  /// In the place of everybody's password.
  void keep_hash(std::string_view stored) const;

  /// What was published by the Redis "shared", which the settings may name.
  std::vector<std::string> told;
  Gateway gateway;
};

}  // namespace portico::auth::test
