// SPDX-License-Identifier: Apache-2.0
#include "balance/balance_settings.h"

#include "message/field_rules.h"
#include "shared/http_token.h"
#include "text.h"

namespace portico::proxy {
namespace {

std::string fault_of_cookie(std::string_view name) {
  if (is_token(name)) return {};
  return quoted(name) + " is no name of a cookie; write one such as app_server";
}

}  // namespace

void BalanceSettings::describe(Schema<BalanceSettings>& s) {
  using Self = BalanceSettings;
  s.summary("Which target gets a request.");
  s.field("method", &Self::method,
          "They take turns; the less busy of two at random; any at random; or always the same one "
          "for the same key.")
      .names({{"round_robin", Method::RoundRobin},
              {"least_connections", Method::LeastConnections},
              {"random", Method::Random},
              {"hash", Method::Hash}});
  s.field("key", &Self::key,
          "With `hash`: what requests for the same target have in common. Where it is empty they "
          "take turns.")
      .example("{client.address}");
  s.rule(
      "`hash` needs a `key`, and no other method has one; write {method: hash, key: "
      "\"{client.address}\"}",
      [](const Self& balance) {
        return (balance.method == Method::Hash) == balance.key.has_value();
      });
  s.shorthand("method");
}

void StickySettings::describe(Schema<StickySettings>& s) {
  using Self = StickySettings;
  s.summary("A client stays with the target that it had, by a signed cookie that names it.");
  s.field("cookie", &Self::cookie, "The cookie's name.")
      .required()
      .max(64)
      .check(fault_of_cookie)
      .example("app_server");
  s.field("max_age", &Self::max_age,
          "How long browsers keep it; until they end where it is absent.");
  s.field("path", &Self::path, "Its Path.").check(fault_of_cookie_path);
  s.field("same_site", &Self::same_site, "Its SameSite.")
      .names({{"lax", SameSite::Lax}, {"strict", SameSite::Strict}, {"none", SameSite::None}});
  s.field("secure", &Self::secure, "Whether it is Secure.");
  s.rule("`same_site: none` is kept by no browser without Secure; leave secure: false out",
         [](const Self& sticky) { return sticky.same_site != SameSite::None || sticky.secure; });
  s.shorthand("cookie");
}

}  // namespace portico::proxy
