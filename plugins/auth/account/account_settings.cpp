// SPDX-License-Identifier: Apache-2.0
#include "account/account_settings.h"

#include "password/cost.h"

namespace portico::auth {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr std::uint64_t KiB = 1024;
constexpr std::string_view Token = "{token}";

std::string fault_of_link(std::string_view text) {
  if (text.empty()) return {};
  if (!text.starts_with("https://") && !text.starts_with("http://")) {
    return "is no URL; write where the link leads, as "
           "\"https://app.example.com/verify?token={token}\"";
  }
  return text.find(Token) == std::string_view::npos
             ? "has no place for the token; write {token} where it belongs"
             : "";
}

}  // namespace

std::string fault_of_issuer(std::string_view text) {
  if (text.empty()) return {};
  const bool url = text.starts_with("https://") || text.starts_with("http://");
  return url && !text.ends_with('/')
             ? ""
             : "is no URL without a slash at its end; write it as \"https://api.example.com\"";
}

void Argon2Settings::describe(Schema<Argon2Settings>& s) {
  s.summary("What hashing a password costs. What is stored is hashed anew at the next login.");
  s.field("memory", &Argon2Settings::memory, "Memory of each hash.")
      .min(Bytes{LeastMemory * KiB})
      .max(Bytes{MostMemory * KiB});
  s.field("passes", &Argon2Settings::passes, "How often it goes through that memory.")
      .min(1)
      .max(MostPasses);
  s.field("lanes", &Argon2Settings::lanes, "Lanes of the memory.").min(1).max(MostLanes);
}

void PasswordSettings::describe(Schema<PasswordSettings>& s) {
  s.summary("Which passwords are accepted, and how they are kept.");
  s.field("min", &PasswordSettings::min,
          "Shortest, in characters. 15 is right where nothing but a password is asked for.")
      .min(8)
      .max(64);
  s.field("max", &PasswordSettings::max, "Longest, in characters.").min(64).max(128);
  s.field("words", &PasswordSettings::words,
          "What nobody may have in theirs: the name of the site, say.")
      .max(64);
  s.field("breaches", &PasswordSettings::breaches,
          "`hibp` asks the range service of Have I Been Pwned, which learns five digits of a hash.")
      .names({{"none", BreachCheck::None}, {"hibp", BreachCheck::Hibp}});
  s.field("argon2", &PasswordSettings::argon2, "The cost of argon2id.");
  s.rule("`min` must not be above `max`", [](const PasswordSettings& p) { return p.min <= p.max; });
}

void SessionSettings::describe(Schema<SessionSettings>& s) {
  s.summary("How long a login lasts.");
  s.field("idle", &SessionSettings::idle, "Without a refresh.").min(minutes(5)).max(days(365));
  s.field("absolute", &SessionSettings::absolute, "Whatever happens.")
      .min(minutes(5))
      .max(days(365));
  s.field("grace", &SessionSettings::grace,
          "How long the refresh token before the last is still answered, with the same successor: "
          "tabs refresh at once, and answers get lost. A later one ends the session as stolen.")
      .max(minutes(1));
  s.field("most", &SessionSettings::most, "Of one user; the one not seen for longest gives way.")
      .min(1)
      .max(1000);
}

void LinkSettings::describe(Schema<LinkSettings>& s) {
  s.summary("Where the links in mails lead.");
  s.field("verify_email", &LinkSettings::verify_email,
          "A page that posts {token} to /auth/verify-email; empty: a page of the gateway's own.")
      .check(fault_of_link);
  s.field("reset_password", &LinkSettings::reset_password,
          "A page that posts {token} and a password to /auth/password/reset; empty: a page of the "
          "gateway's own.")
      .check(fault_of_link);
  s.field("verify_life", &LinkSettings::verify_life, "How long a link to verify is good.")
      .min(minutes(5))
      .max(days(14));
  s.field("reset_life", &LinkSettings::reset_life, "How long a link to reset is good.")
      .min(minutes(5))
      .max(hours(24));
  s.field("code_life", &LinkSettings::code_life, "How long a code is good.")
      .min(minutes(1))
      .max(minutes(10));
}

void ThrottleSettings::describe(Schema<ThrottleSettings>& s) {
  s.summary("How often strangers may try, an hour. Nothing locks an account for good.");
  s.field("logins_per_address", &ThrottleSettings::logins_per_address,
          "Failed logins from one address, a /64 of IPv6.")
      .min(5)
      .max(100'000);
  s.field("logins_in_all", &ThrottleSettings::logins_in_all, "Failed logins of everybody.")
      .min(100)
      .max(10'000'000);
  s.field("sign_ups_per_address", &ThrottleSettings::sign_ups_per_address,
          "Sign-ups, and mails asked for, from one address.")
      .min(1)
      .max(100'000);
  s.field("sign_ups_in_all", &ThrottleSettings::sign_ups_in_all,
          "Sign-ups, and mails asked for, of everybody.")
      .min(10)
      .max(10'000'000);
  s.field("mails_per_account", &ThrottleSettings::mails_per_account,
          "Mails of one kind to one account. More are not sent, and nobody is told.")
      .min(1)
      .max(100);
}

}  // namespace portico::auth
