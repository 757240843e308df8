// SPDX-License-Identifier: Apache-2.0
// What `plugins.auth` says of accounts that this gateway keeps itself. Without a `database` there
// are none, and nothing of this is used.
#pragma once

#include <portico/schema.h>

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace portico::auth {

enum class SignUps : std::uint8_t { Open, Closed };
enum class Verification : std::uint8_t { Required, None };
/// How a client gets what it proves itself by.
enum class Delivery : std::uint8_t {
  Body,    ///< Both tokens in the answer: for applications.
  Cookie,  ///< The refresh token in a cookie, the access token in the answer: for pages with code.
  Session  ///< One cookie, and nothing in the answer: for pages that are made by a server.
};
enum class MailTo : std::uint8_t { Events, Log };
enum class BreachCheck : std::uint8_t { None, Hibp };

struct Argon2Settings {
  Bytes memory{19456ULL * 1024};
  std::uint32_t passes = 2;
  std::uint32_t lanes = 1;

  static void describe(Schema<Argon2Settings>& s);
};

struct PasswordSettings {
  std::uint32_t min = 8;
  std::uint32_t max = 128;
  std::vector<std::string> words;
  BreachCheck breaches = BreachCheck::None;
  Argon2Settings argon2;

  static void describe(Schema<PasswordSettings>& s);
};

struct SessionSettings {
  std::chrono::seconds idle = std::chrono::days(14);
  std::chrono::seconds absolute = std::chrono::days(90);
  std::chrono::seconds grace{10};
  std::uint32_t most = 20;

  static void describe(Schema<SessionSettings>& s);
};

struct LinkSettings {
  std::string verify_email;
  std::string reset_password;
  std::chrono::seconds verify_life = std::chrono::hours(24);
  std::chrono::seconds reset_life = std::chrono::minutes(30);
  std::chrono::seconds code_life = std::chrono::minutes(10);

  static void describe(Schema<LinkSettings>& s);
};

struct ThrottleSettings {
  std::uint32_t logins_per_address = 60;
  std::uint32_t logins_in_all = 16'000;
  std::uint32_t sign_ups_per_address = 20;
  std::uint32_t sign_ups_in_all = 2'000;
  std::uint32_t mails_per_account = 5;

  static void describe(Schema<ThrottleSettings>& s);
};

struct AccountSettings {
  std::string database;
  std::string issuer;
  std::string audience;
  std::string redis;
  std::chrono::seconds access_ttl{600};
  std::chrono::seconds key_life = std::chrono::days(90);
  SignUps sign_up = SignUps::Open;
  Verification verification = Verification::Required;
  Delivery delivery = Delivery::Body;
  MailTo mail = MailTo::Events;
  PasswordSettings password;
  SessionSettings sessions;
  LinkSettings links;
  ThrottleSettings throttle;
};

/// `aud` of our own tokens.
[[nodiscard]] inline const std::string& audience_of(const AccountSettings& settings) noexcept {
  return settings.audience.empty() ? settings.issuer : settings.audience;
}

/// A sentence where it is no URL that paths can be appended to.
[[nodiscard]] std::string fault_of_issuer(std::string_view text);

/// Declares them as fields of `Config`, which derives from AccountSettings.
template <class Config>
void describe_accounts(Schema<Config>& s) {
  using A = AccountSettings;
  s.field("database", &A::database,
          "The database of `databases` that the accounts are in. Without one there are none.")
      .example("main");
  s.field("issuer", &A::issuer, "`iss` of our tokens: the public URL of this gateway.")
      .check(fault_of_issuer)
      .example("\"https://api.example.com\"");
  s.field("audience", &A::audience, "`aud` of our tokens; empty: the issuer.").max(255);
  s.field("redis", &A::redis,
          "The Redis by which nodes tell each other at once whose sessions have ended; empty: each "
          "hears of it with its next poll of the database, every 5 s.")
      .example("shared");
  s.field("access_ttl", &A::access_ttl, "How long an access token lives.")
      .min(std::chrono::minutes(1))
      .max(std::chrono::hours(1));
  s.field("key_life", &A::key_life, "How long a key signs before the next one does.")
      .min(std::chrono::days(1))
      .max(std::chrono::days(365));
  s.field("sign_up", &A::sign_up, "Whether anybody may make an account.")
      .names({{"open", SignUps::Open}, {"closed", SignUps::Closed}});
  s.field("verification", &A::verification,
          "`required`: nobody logs in before the address is shown to be theirs. With `none` a "
          "sign-up tells whether an address has an account.")
      .names({{"required", Verification::Required}, {"none", Verification::None}});
  s.field("delivery", &A::delivery,
          "How a client gets its tokens: both in the `body`, the refresh token in a `cookie`, or "
          "nothing but a cookie of the `session`.")
      .names(
          {{"body", Delivery::Body}, {"cookie", Delivery::Cookie}, {"session", Delivery::Session}});
  s.field("mail", &A::mail,
          "`log` also writes mails to mails.jsonl in the plugin's folder. In development alone.")
      .names({{"events", MailTo::Events}, {"log", MailTo::Log}});
  s.field("password", &A::password, "Which passwords are accepted.");
  s.field("sessions", &A::sessions, "How long a login lasts.");
  s.field("links", &A::links, "Where the links in mails lead.");
  s.field("throttle", &A::throttle, "How often strangers may try.");
  s.rule(
      "`issuer` must say whose tokens these are where there is a `database`; write the public "
      "URL of this gateway",
      [](const Config& c) { return c.database.empty() || !c.issuer.empty(); });
}

}  // namespace portico::auth
