// SPDX-License-Identifier: Apache-2.0
#include "account/accounts.h"

#include "account/answers.h"
#include "account/api_key_text.h"
#include "account/commands.h"
#include "account/flows.h"
#include "account/revoking.h"
#include "audit/chain.h"
#include "audit/log.h"
#include "session/one_time_tokens.h"
#include "store/api_keys.h"
#include "store/migrations.h"
#include "throttle/tallies.h"
#include <portico/identity.h>

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace portico::auth {
namespace {

constexpr std::chrono::seconds RevocationPace{5};
constexpr std::chrono::seconds NewsPace{1};
constexpr std::chrono::seconds ChainPace{1};
constexpr std::chrono::minutes HousePace{10};
constexpr std::size_t Batch = 500;
constexpr Bytes MostBody{64ULL * 1024};
constexpr Time KeptAfterEnd = std::chrono::days(30);
/// So many batches at a time, of a second's job and of ten minutes'.
constexpr int MostLinks = 4;
constexpr int MostPurges = 20;
constexpr Time KeptAddresses = std::chrono::days(90);
constexpr Time KeptOneTime = std::chrono::hours(24);
constexpr Time KeptTallies = 2 * Tally::Memory;

}  // namespace

Accounts::Accounts(const AccountSettings& settings, Gate& gate, Host& host)
    : host_(host),
      settings_(settings),
      gate_(gate),
      sql_(host.sql(settings.database)),
      shelf_(host.keep<KeyShelf>("own keys", [] { return std::make_shared<KeyShelf>(); })),
      news_(settings.redis, gate.revocations(), denied_for(settings), host),
      identity_(settings, host),
      administrators_(settings, host),
      mail_delivery_(settings, host),
      permissions_(host.require<Permissions>(Permissions::ServiceName)) {
  if (settings.mail == MailTo::Log && !host.in_development()) {
    throw std::runtime_error(
        "`mail: log` writes links and codes to a file, for developers; write `environment: "
        "development`, or leave it out");
  }
}

Accounts::~Accounts() = default;

void Accounts::setup(Registrar& registrar) {
  registrar.migrations(settings_.database, migrations());
  gate_.trust_own({.issuer = settings_.issuer, .audiences = {audience_of(settings_)}}, shelf_);
  if (settings_.delivery == Delivery::Session) gate_.keep_sessions(*this);
  gate_.keep_keys(*this);
  add_sign_up_routes(registrar);
  add_login_routes(registrar);
  add_own_routes(registrar);
  add_key_routes(registrar);
  add_public_documents(registrar);
  registrar.provide<Identity>(Identity::ServiceName, identity_);
  registrar.provide_otherwise<Permissions>(Permissions::ServiceName, administrators_);
  add_commands(registrar, settings_, permissions_, host_, sql_);
  host_.every(KeyRing::Pace, [this] { flows_->keys.turn(); });
  host_.every(RevocationPace, [this] { learn(); });
  host_.every(NewsPace, [this] {
    if (news_.missed()) learn();
  });
  host_.every(ChainPace, [this] {
    repeat([](Transaction& db) { return audit::link(db, Batch); }, MostLinks);
  });
  host_.every(HousePace, [this] { keep_house(); });
}

void Accounts::start() {
  flows_ = std::make_unique<Flows>(settings_, shelf_, gate_, news_, permissions_, host_);
  flows_->keys.turn();
  learned_ = host_.unix_time() - settings_.access_ttl;
  // First: what is ended between the two is heard of twice, and not never.
  news_.begin();
  learn();
  mail_delivery_.start();
}

/// From the last time that it went well, however long ago: what was ended while the database was
/// away is ended.
void Accounts::learn() {
  const Time now = host_.unix_time();
  // Not from a moment that a clock which was put back has yet to reach.
  learn_revocations(flows_->parts, std::min(learned_, now) - RevocationMargin);
  learned_ = now;
}

/// Other ticks wait behind this one.
template <class Work>
void Accounts::repeat(Work work, int most) {
  for (int i = 0; i < most && sql_.write(work) == Batch; ++i) continue;
}

std::optional<KnownSession> Accounts::find(std::string_view cookie) {
  return flows_->cookies.find(cookie);
}

bool Accounts::plausible(std::string_view key) const { return api_key::plausible(key); }

std::optional<KnownSession> Accounts::find_key(std::string_view key) {
  return flows_->key_owners.find(key);
}

RouteSpec Accounts::open(Registrar& registrar, std::string_view path, Serve serve) {
  return registrar.route("POST", path, std::move(serve)).body_limit(MostBody);
}

RouteSpec Accounts::own(Registrar& registrar, std::string_view method, std::string_view path,
                        Serve serve) {
  return registrar
      .route(method, path,
             [this, serve = std::move(serve)](Request& q) {
               const Principal* const who = q.principal();
               if (who != nullptr && who->limited) {
                 return refuse(Status::Forbidden, "api_key_not_allowed",
                               "No API key manages the account of its owner.");
               }
               if (who != nullptr && who->issuer == settings_.issuer) return serve(q);
               return refuse(Status::Unauthorized, "invalid_token",
                             "This asks for a token of this gateway.");
             })
      .body_limit(MostBody)
      .behind("auth");
}

void Accounts::add_sign_up_routes(Registrar& registrar) {
  open(registrar, "/signup", [this](Request& q) { return flows_->sign_up.serve(q); })
      .summary("Makes an account.")
      .body<SignUpForm>()
      .answers<StatusBody>(202)
      .pool(Pool::Crypto)
      .idempotent(sql_);
  registrar.route("GET", "/verify-email", [this](Request&) { return flows_->verification.show(); })
      .summary("A page with a button.")
      .answers(200);
  registrar.route("GET", "/link.js", [](Request&) { return LinkPage::script(); })
      .summary("What the pages behind mailed links run.")
      .answers(200);
  open(registrar, "/verify-email", [this](Request& q) { return flows_->verification.verify(q); })
      .summary("Confirms an address.")
      .body<VerificationForm>()
      .answers<StatusBody>(200);
  open(registrar, "/verify-email/resend",
       [this](Request& q) { return flows_->verification.resend(q); })
      .summary("Mails another link.")
      .body<AddressForm>()
      .answers<StatusBody>(202)
      .idempotent(sql_);
}

void Accounts::add_login_routes(Registrar& registrar) {
  open(registrar, "/login", [this](Request& q) { return flows_->login.serve(q); })
      .summary("Logs in.")
      .body<LoginForm>()
      .answers<TokenSet>(200)
      .pool(Pool::Crypto);
  open(registrar, "/refresh", [this](Request& q) { return flows_->refresh.serve(q); })
      .summary("Gives the next tokens.")
      .body<RefreshForm>()
      .answers<TokenSet>(200);
  open(registrar, "/password/forgot", [this](Request& q) { return flows_->reset.forgot(q); })
      .summary("Mails a link for a new password.")
      .body<AddressForm>()
      .answers<StatusBody>(202)
      .idempotent(sql_);
  registrar.route("GET", "/password/reset", [this](Request&) { return flows_->reset.show(); })
      .summary("A page with a form.")
      .answers(200);
  open(registrar, "/password/reset", [this](Request& q) { return flows_->reset.reset(q); })
      .summary("Sets a password by a mailed link.")
      .body<ResetForm>()
      .answers(204)
      .pool(Pool::Crypto);
}

void Accounts::add_own_routes(Registrar& registrar) {
  own(registrar, "GET", "/me", [this](Request& q) { return flows_->profile.show(q); })
      .summary("Who one is.")
      .answers<UserView>(200);
  own(registrar, "PATCH", "/me", [this](Request& q) { return flows_->profile.change(q); })
      .summary("Changes what one is called.")
      .body<ProfileForm>()
      .answers<UserView>(200);
  own(registrar, "POST", "/me/password", [this](Request& q) { return flows_->change.change(q); })
      .summary("Sets another password.")
      .body<PasswordForm>()
      .answers(204)
      .pool(Pool::Crypto);
  own(registrar, "POST", "/reauthenticate",
      [this](Request& q) { return flows_->change.reauthenticate(q); })
      .summary("Shows that one is still there.")
      .body<ProofForm>()
      .answers<TokenSet>(200)
      .pool(Pool::Crypto);
  own(registrar, "POST", "/logout", [this](Request& q) { return flows_->sessions.log_out(q); })
      .summary("Ends this session, the others, or all: ?scope=local, others, global.")
      .answers(204);
  own(registrar, "GET", "/sessions", [this](Request& q) { return flows_->sessions.list(q); })
      .summary("Lists one's sessions.")
      .answers<SessionList>(200);
  own(registrar, "DELETE", "/sessions/{id}",
      [this](Request& q) { return flows_->sessions.end_one(q); })
      .summary("Ends one of them.")
      .answers(204);
  own(registrar, "DELETE", "/sessions",
      [this](Request& q) { return flows_->sessions.end_others(q); })
      .summary("Ends all others: ?except=current.")
      .answers(204);
}

void Accounts::add_key_routes(Registrar& registrar) {
  own(registrar, "GET", "/api-keys", [this](Request& q) { return flows_->api_keys.list(q); })
      .summary("Lists one's API keys.")
      .answers<ApiKeyList>(200);
  own(registrar, "POST", "/api-keys", [this](Request& q) { return flows_->api_keys.make(q); })
      .summary("Makes one, and shows it once.")
      .body<ApiKeyForm>()
      .answers<ApiKeyView>(201);
  own(registrar, "PATCH", "/api-keys/{id}",
      [this](Request& q) { return flows_->api_keys.rename(q); })
      .summary("Calls it otherwise.")
      .body<ApiKeyName>()
      .answers<ApiKeyView>(200);
  own(registrar, "DELETE", "/api-keys/{id}",
      [this](Request& q) { return flows_->api_keys.revoke(q); })
      .summary("Ends it at once.")
      .answers(204);
  own(registrar, "POST", "/api-keys/{id}/rotate",
      [this](Request& q) { return flows_->api_keys.rotate(q); })
      .summary("Makes another one in its place; it ends in a day.")
      .answers<ApiKeyView>(201);
}

void Accounts::add_public_documents(Registrar& registrar) {
  registrar.route("GET", "/settings", [this](Request&) { return flows_->documents.settings(); })
      .summary("What a form for signing up needs to know.")
      .answers<PublicSettings>(200);
  registrar
      .route("GET", "/.well-known/jwks.json",
             [this](Request& q) { return flows_->documents.jwks(q); })
      .summary("The keys that verify our tokens.")
      .answers(200);
  registrar
      .route("GET", "/.well-known/openid-configuration",
             [this](Request&) { return flows_->documents.discovery(); })
      .summary("Where things are.")
      .answers(200);
}

void Accounts::keep_house() {
  const Time now = host_.unix_time();
  repeat([&](Transaction& db) { return sessions::purge(db, now - KeptAfterEnd, Batch); },
         MostPurges);
  repeat([&](Transaction& db) { return api_keys::purge(db, now - KeptAfterEnd, Batch); },
         MostPurges);
  repeat([&](Transaction& db) { return one_time::purge(db, now - KeptOneTime, Batch); },
         MostPurges);
  repeat([&](Transaction& db) { return throttle::purge(db, now - KeptTallies, now, Batch); },
         MostPurges);
  repeat([&](Transaction& db) { return audit::shorten_addresses(db, now - KeptAddresses, Batch); },
         MostPurges);
}

}  // namespace portico::auth
