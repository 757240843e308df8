// SPDX-License-Identifier: Apache-2.0
#include "account/flows.h"

#include "account/hashing.h"
#include <portico/fetch.h>

#include <algorithm>
#include <utility>

namespace portico::auth {
namespace {

/// Longer than what is written for a mail mostly takes.
constexpr std::chrono::milliseconds MailStep{10};
/// How far the clocks of those who verify may be behind.
constexpr Time Leeway = std::chrono::seconds(30);

SessionLimits limits_of(const SessionSettings& sessions) {
  return {.idle = sessions.idle,
          .absolute = sessions.absolute,
          .grace = sessions.grace,
          .most_per_user = sessions.most};
}

LoginLimits limits_of(const ThrottleSettings& throttle) {
  LoginLimits limits;
  limits.address = {.burst = throttle.logins_per_address, .limit = throttle.logins_per_address};
  limits.everyone = {.burst = std::max<std::int64_t>(1, throttle.logins_in_all / 10),
                     .limit = throttle.logins_in_all};
  return limits;
}

/// Verifies for as long as the last token that it signed may live.
KeyTimes times_of(const AccountSettings& settings) {
  return {.rotate = settings.key_life, .verify = settings.access_ttl + Leeway};
}

std::optional<std::string> get(Host& host, const std::string& url) {
  const Fetched got = host.fetch({.url = url,
                                  .headers = {{"Add-Padding", "true"}},
                                  .timeout = std::chrono::seconds(2),
                                  .most_bytes = std::size_t{256} * 1024});
  if (!got.ok() || got.status != Status::Ok) return std::nullopt;
  return got.body;
}

std::unique_ptr<Breaches> breaches_of(const PasswordSettings& password, Host& host) {
  if (password.breaches == BreachCheck::None) return nullptr;
  return std::make_unique<Breaches>([&host](const std::string& url) { return get(host, url); });
}

}  // namespace

Flows::Flows(const AccountSettings& settings, std::shared_ptr<KeyShelf> shelf, Gate& gate,
             RevocationNews& news, const Host::Service<Permissions>& permissions, Host& host)
    : sql(host.sql(settings.database)),
      secrets(host),
      passwords(cost_of(settings.password.argon2)),
      password_rules(rules_of(settings.password)),
      breaches(breaches_of(settings.password, host)),
      session_limits(limits_of(settings.sessions)),
      login_limits(limits_of(settings.throttle)),
      asks(secrets.throttle, settings.throttle),
      keys(host, sql, std::move(shelf), times_of(settings)),
      tokens({.host = host,
              .settings = settings,
              .secrets = secrets,
              .keys = keys,
              .csrf = gate.csrf(),
              .permissions = permissions}),
      mails(host, settings.mail == MailTo::Log ? MailCopy::File : MailCopy::None),
      hash_pace(passwords),
      mail_pace(MailStep),
      parts{.host = host,
            .sql = sql,
            .settings = settings,
            .secrets = secrets,
            .passwords = passwords,
            .password_rules = password_rules,
            .breaches = breaches.get(),
            .session_limits = session_limits,
            .login_limits = login_limits,
            .asks = asks,
            .in_flight = in_flight,
            .tokens = tokens,
            .mails = mails,
            .hash_pace = hash_pace,
            .mail_pace = mail_pace,
            .revocations = gate.revocations(),
            .news = news,
            .csrf = gate.csrf(),
            .permissions = permissions},
      sign_up(parts),
      verification(parts),
      login(parts),
      refresh(parts),
      sessions(parts),
      reset(parts),
      change(parts),
      profile(parts),
      documents(host, settings, keys),
      cookies(parts),
      api_keys(parts),
      key_owners(parts) {}

}  // namespace portico::auth
