// SPDX-License-Identifier: Apache-2.0
#include "account/own_api_keys.h"

#include "account/answers.h"
#include "account/api_key_text.h"
#include "account/revoking.h"
#include "audit/actions.h"
#include "shared/refusal.h"
#include "shared/time_text.h"
#include "shared/uuid.h"
#include "store/users.h"
#include "text/json_object.h"
#include <portico/identity.h>

#include <utility>

namespace portico::auth {
namespace {

constexpr Time UsualLife = std::chrono::days(90);
constexpr Time LongestLife = std::chrono::days(366);
/// So long a key goes on beside the one that takes its place.
constexpr Time Overlap = std::chrono::hours(24);
constexpr std::size_t Most = 50;

portico::Refusal not_found() {
  return {Status::NotFound, "api_key_not_found", "You have no such API key."};
}

Time expiry_of(const ApiKeyForm& form, Time now) {
  if (!form.expires_at) return now + UsualLife;
  const auto time = parse_time(*form.expires_at);
  if (time && *time > now && *time <= now + LongestLife) return *time;
  throw portico::Refusal::of_field(
      "/expires_at", "time_invalid",
      "Write a time within a year from now, as in \"2026-01-31T09:05:00Z\".");
}

std::string id_of(const Request& request) {
  std::string id(request.param("id").value_or(""));
  if (!uuid::parse(id)) throw not_found();
  return id;
}

Response with_key(const ApiKey& key, std::string text) {
  ApiKeyView view = view_of(key);
  view.key = std::move(text);
  return uncached(json(Status::Created, view));
}

template <class Serve>
Response answered(Serve serve) {
  try {
    return serve();
  } catch (const portico::Refusal& refusal) {
    return refusal.answer();
  }
}

ApiKey found(Reader& db, const Principal& who, const std::string& id, Time now) {
  auto key = api_keys::find(db, who.subject, id);
  if (!key || !key->live(now)) throw not_found();
  return *std::move(key);
}

}  // namespace

Response OwnApiKeys::list(Request& request) const {
  const auto keys = parts_.sql.read_main([&](Reader& db) {
    return api_keys::list(db, request.principal()->subject, parts_.host.unix_time());
  });
  ApiKeyList shown;
  for (const ApiKey& key : keys) shown.items.push_back(view_of(key));
  return uncached(json(Status::Ok, shown));
}

Response OwnApiKeys::make(Request& request) const {
  return answered([&] {
    auto form = request.json<ApiKeyForm>();
    const Visit visit = visit_of(request, parts_.host);
    const Principal& who = *request.principal();
    const Wanted wanted{form.name, std::move(form.scopes), expiry_of(form, visit.now)};
    std::string text;
    std::optional<Mail> notice;
    const ApiKey key = parts_.sql.write([&](Transaction& db) {
      if (api_keys::list(db, who.subject, visit.now).size() >= Most) {
        throw portico::Refusal(Status::Conflict, "too_many_api_keys",
                               "You have 50 API keys; revoke one that is not used.");
      }
      check_scopes(db, who.subject, wanted.scopes);
      ApiKey made = add(db, who.subject, wanted, visit.now, text);
      tell(db, visit, who, audit::action::ApiKeyCreated, made);
      notice = mail_owner(db, who.subject);
      return made;
    });
    if (notice) parts_.mails.committed(*notice);
    return with_key(key, std::move(text));
  });
}

Response OwnApiKeys::rename(Request& request) const {
  return answered([&] {
    const auto form = request.json<ApiKeyName>();
    const Visit visit = visit_of(request, parts_.host);
    const Principal& who = *request.principal();
    const std::string id = id_of(request);
    const ApiKey key = parts_.sql.write([&](Transaction& db) {
      ApiKey old = found(db, who, id, visit.now);
      api_keys::rename(db, id, form.name);
      tell(db, visit, who, audit::action::ApiKeyRenamed, old);
      old.name = form.name;
      return old;
    });
    return uncached(json(Status::Ok, view_of(key)));
  });
}

Response OwnApiKeys::revoke(Request& request) const {
  return answered([&] {
    const Visit visit = visit_of(request, parts_.host);
    const Principal& who = *request.principal();
    const std::string id = id_of(request);
    parts_.sql.write([&](Transaction& db) {
      const ApiKey key = found(db, who, id, visit.now);
      api_keys::revoke(db, who.subject, id, visit.now);
      tell(db, visit, who, audit::action::ApiKeyRevoked, key);
    });
    revoke_now(parts_, {&id, 1});
    return no_content();
  });
}

Response OwnApiKeys::rotate(Request& request) const {
  return answered([&] {
    const Visit visit = visit_of(request, parts_.host);
    const Principal& who = *request.principal();
    const std::string id = id_of(request);
    std::string text;
    std::optional<Mail> notice;
    const ApiKey key = parts_.sql.write([&](Transaction& db) {
      const ApiKey old = found(db, who, id, visit.now);
      if (old.rotated) {
        throw portico::Refusal(Status::Conflict, "already_rotated",
                               "Another key has its place already; rotate that one.");
      }
      // What the owner has lost meanwhile, the new key does not get.
      check_scopes(db, who.subject, old.scopes);
      const Wanted wanted{old.name, old.scopes, visit.now + (old.expires - old.created)};
      ApiKey made = add(db, who.subject, wanted, visit.now, text);
      api_keys::give_way(db, old, made.id, visit.now + Overlap);
      tell(db, visit, who, audit::action::ApiKeyRotated, old);
      notice = mail_owner(db, who.subject);
      return made;
    });
    if (notice) parts_.mails.committed(*notice);
    return with_key(key, std::move(text));
  });
}

void OwnApiKeys::check_scopes(Reader& db, std::string_view owner,
                              const std::vector<std::string>& scopes) const {
  for (std::size_t i = 0; i < scopes.size(); ++i) {
    if (parts_.permissions->holds(db, owner, scopes[i])) continue;
    throw portico::Refusal::of_field(
        "/scopes/" + std::to_string(i), "scope_exceeds_own",
        "A key may do no more than its owner, who does not have this for good.");
  }
}

ApiKey OwnApiKeys::add(Transaction& db, std::string_view owner, const Wanted& wanted, Time now,
                       std::string& text) const {
  std::array<std::byte, 25> random{};
  parts_.host.random(random);
  const auto environment =
      parts_.host.in_development() ? api_key::Environment::Test : api_key::Environment::Live;
  const api_key::Made made = api_key::make(environment, random);
  const std::string id = parts_.host.new_id();
  api_keys::add(db,
                {.id = id,
                 .owner = owner,
                 .name = wanted.name,
                 .prefix = made.prefix,
                 .digest = api_key::digest_of(made.text),
                 .scopes = wanted.scopes,
                 .expires = wanted.expires},
                now);
  text = made.text;
  return api_keys::find(db, owner, id).value();
}

std::optional<Mail> OwnApiKeys::mail_owner(Transaction& db, std::string_view owner) const {
  const auto user = users::find(db, owner);
  if (!user) return std::nullopt;
  Mail notice = mail_to(*user, "api_key_created");
  parts_.mails.request(db, notice);
  return notice;
}

void OwnApiKeys::tell(Transaction& db, const Visit& visit, const Principal& who,
                      std::string_view action, const ApiKey& key) const {
  const std::string detail =
      JsonObject().member("prefix", key.prefix).member("scopes", key.scopes).text();
  record(db, parts_.host, visit,
         {.action = action,
          .actor = who.subject,
          .session = who.session,
          .detail = detail,
          .target_type = "api_key",
          .target = key.id});
}

}  // namespace portico::auth
