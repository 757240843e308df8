// SPDX-License-Identifier: Apache-2.0
#include "account/accounts.h"

#include "account/answers.h"
#include "account/revoking.h"
#include "audit/chain.h"
#include "session/one_time_tokens.h"
#include "store/migrations.h"
#include <portico/fetch.h>

#include <algorithm>
#include <utility>

namespace portico::auth {
namespace {

constexpr std::chrono::seconds RevocationPace{5};
/// Clocks of nodes differ, and a transaction may have begun long before it ended.
constexpr Time RevocationMargin = std::chrono::seconds(60);
constexpr std::chrono::seconds ChainPace{1};
constexpr std::chrono::minutes HousePace{10};
constexpr std::size_t Batch = 500;
constexpr Time KeptAfterEnd = std::chrono::days(30);
constexpr Time KeptOneTime = std::chrono::hours(24);
constexpr Time KeptTallies = std::chrono::hours(24);
constexpr Time Leeway = std::chrono::seconds(30);

Cost cost_of(const Argon2Settings& argon2) {
  return {.memory = static_cast<std::uint32_t>(argon2.memory.count / 1024),
          .passes = argon2.passes,
          .lanes = argon2.lanes};
}

PasswordRules rules_of(const AccountSettings& settings) {
  PasswordRules rules{.shortest = settings.password.min,
                      .longest = settings.password.max,
                      .words = settings.password.words};
  return rules;
}

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

std::optional<std::string> ask(Host& host, const std::string& url) {
  const Fetched got = host.fetch({.url = url,
                                  .headers = {{"Add-Padding", "true"}},
                                  .timeout = std::chrono::seconds(2),
                                  .most_bytes = std::size_t{256} * 1024});
  if (!got.ok() || got.status != Status::Ok) return std::nullopt;
  return got.body;
}

}  // namespace

Accounts::Accounts(const AccountSettings& settings, std::vector<std::string> trusted,
                   std::shared_ptr<KeyShelf> shelf, Revocations& revocations, Host& host)
    : host_(host),
      settings_(settings),
      sql_(host.sql(settings.database)),
      secrets_(host),
      passwords_(cost_of(settings.password.argon2)),
      rules_(rules_of(settings)),
      session_limits_(limits_of(settings.sessions)),
      login_limits_(limits_of(settings.throttle)),
      asks_(secrets_.throttle, settings.throttle),
      keys_(host, sql_, std::move(shelf), times_of(settings)),
      tokens_(host, settings, secrets_, keys_),
      mails_(host, settings.mail == MailTo::Log ? MailCopy::File : MailCopy::None),
      guard_(secrets_.csrf, std::move(trusted)),
      parts_{host,           sql_,          settings,      secrets_,   passwords_,
             rules_,         nullptr,       session_limits_, login_limits_, asks_,
             in_flight_,     tokens_,       mails_,        revocations},
      sign_up_(parts_),
      verification_(parts_),
      login_(parts_),
      refresh_(parts_, guard_),
      sessions_(parts_),
      reset_(parts_),
      change_(parts_),
      profile_(parts_),
      documents_(host, settings, keys_) {}

void Accounts::setup(Registrar& registrar) {
  registrar.migrations(settings_.database, migrations());
  add_open_routes(registrar);
  add_own_routes(registrar);
  add_public_documents(registrar);
  host_.every(KeyRing::Pace, [this] { keys_.turn(); });
  host_.every(RevocationPace, [this] { learn_revocations(parts_, RevocationMargin); });
  host_.every(ChainPace, [this] {
    while (sql_.write([](Transaction& db) { return audit::link(db, Batch); }) == Batch) continue;
  });
  host_.every(HousePace, [this] { keep_house(); });
}

void Accounts::start() {
  keys_.turn();
  learn_revocations(parts_, settings_.access_ttl + RevocationMargin);
}

void Accounts::add_open_routes(Registrar& registrar) {
  registrar.route("POST", "/signup", [this](Request& q) { return sign_up_.serve(q); })
      .summary("Makes an account.")
      .body<SignUpForm>()
      .answers<StatusBody>(202)
      .pool(Pool::Crypto)
      .idempotent(sql_);
  registrar.route("POST", "/login", [this](Request& q) {
        if (auto refusal = guard_.refuse_strangers(q)) return *std::move(refusal);
        return login_.serve(q);
      })
      .summary("Logs in.")
      .body<LoginForm>()
      .answers<TokenSet>(200)
      .pool(Pool::Crypto);
  registrar.route("POST", "/refresh", [this](Request& q) { return refresh_.serve(q); })
      .summary("Gives the next tokens.")
      .body<RefreshForm>()
      .answers<TokenSet>(200);
  registrar.route("GET", "/verify-email", [this](Request&) { return verification_.show(); })
      .summary("A page with a button.")
      .answers(200);
  registrar.route("POST", "/verify-email", [this](Request& q) { return verification_.verify(q); })
      .summary("Confirms an address.")
      .body<VerificationForm>()
      .answers<StatusBody>(200);
  registrar
      .route("POST", "/verify-email/resend", [this](Request& q) { return verification_.resend(q); })
      .summary("Mails another link.")
      .body<AddressForm>()
      .answers<StatusBody>(202)
      .idempotent(sql_);
  registrar.route("POST", "/password/forgot", [this](Request& q) { return reset_.forgot(q); })
      .summary("Mails a link for a new password.")
      .body<AddressForm>()
      .answers<StatusBody>(202)
      .idempotent(sql_);
  registrar.route("GET", "/password/reset", [this](Request&) { return reset_.show(); })
      .summary("A page with a form.")
      .answers(200);
  registrar.route("POST", "/password/reset", [this](Request& q) { return reset_.reset(q); })
      .summary("Sets a password by a mailed link.")
      .body<ResetForm>()
      .answers(204)
      .pool(Pool::Crypto);
}

RouteSpec Accounts::own(Registrar& registrar, std::string_view method, std::string_view path,
                        Serve serve) {
  return registrar
      .route(method, path,
             [this, serve = std::move(serve)](Request& q) {
               const Principal* const who = q.principal();
               if (who != nullptr && who->issuer == settings_.issuer) return serve(q);
               return refuse(Status::Unauthorized, "invalid_token",
                             "This asks for a token of this gateway.");
             })
      .behind("auth");
}

void Accounts::add_own_routes(Registrar& registrar) {
  own(registrar, "GET", "/me", [this](Request& q) { return profile_.show(q); })
      .summary("Who one is.")
      .answers<UserView>(200);
  own(registrar, "PATCH", "/me", [this](Request& q) { return profile_.change(q); })
      .summary("Changes what one is called.")
      .body<ProfileForm>()
      .answers<UserView>(200);
  own(registrar, "POST", "/me/password", [this](Request& q) { return change_.change(q); })
      .summary("Sets another password.")
      .body<PasswordForm>()
      .answers(204)
      .pool(Pool::Crypto);
  own(registrar, "POST", "/reauthenticate", [this](Request& q) { return change_.reauthenticate(q); })
      .summary("Shows that one is still there.")
      .body<ProofForm>()
      .answers<TokenSet>(200)
      .pool(Pool::Crypto);
  own(registrar, "POST", "/logout", [this](Request& q) { return sessions_.log_out(q); })
      .summary("Ends this session, the others, or all: ?scope=local, others, global.")
      .answers(204);
  own(registrar, "GET", "/sessions", [this](Request& q) { return sessions_.list(q); })
      .summary("Lists one's sessions.")
      .answers<SessionList>(200);
  own(registrar, "DELETE", "/sessions/{id}", [this](Request& q) { return sessions_.end_one(q); })
      .summary("Ends one of them.")
      .answers(204);
  own(registrar, "DELETE", "/sessions", [this](Request& q) { return sessions_.end_others(q); })
      .summary("Ends all others: ?except=current.")
      .answers(204);
}

void Accounts::add_public_documents(Registrar& registrar) {
  registrar.route("GET", "/settings", [this](Request&) { return documents_.settings(); })
      .summary("What a form for signing up needs to know.")
      .answers<PublicSettings>(200);
  registrar
      .route("GET", "/.well-known/jwks.json", [this](Request& q) { return documents_.jwks(q); })
      .summary("The keys that verify our tokens.")
      .answers(200);
  registrar
      .route("GET", "/.well-known/openid-configuration",
             [this](Request&) { return documents_.discovery(); })
      .summary("Where things are.")
      .answers(200);
}

void Accounts::keep_house() {
  const Time now = host_.unix_time();
  sql_.write([&](Transaction& db) {
    sessions::purge(db, now - KeptAfterEnd, Batch);
    one_time::purge(db, now - KeptOneTime, Batch);
    throttle::purge(db, now - KeptTallies, now, Batch);
  });
}

}  // namespace portico::auth
