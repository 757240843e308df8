// SPDX-License-Identifier: Apache-2.0
#include "settings.h"

#include <algorithm>
#include <set>
#include <string_view>

namespace portico::auth {
namespace {

constexpr double MostIssuers = 32;
constexpr double MostHeaders = 16;
constexpr double MostOrigins = 100;

std::string fault_of_header(std::string_view name) {
  const bool token = !name.empty() && std::ranges::all_of(name, [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
           c == '_';
  });
  return token ? "" : "is no name of a header; write one such as X-User-Id";
}

bool have_own_names(const Config& config) {
  std::set<std::string_view> names;
  if (!config.database.empty()) names.insert(config.issuer);
  return std::ranges::all_of(config.issuers, [&names](const IssuerSettings& issuer) {
    return names.insert(issuer.issuer).second;
  });
}

}  // namespace

void CacheSettings::describe(Schema<CacheSettings>& s) {
  s.summary("Tokens that were verified are known again until they expire or are revoked.");
  s.field("tokens", &CacheSettings::tokens,
          "So many for each event loop; the one longest not seen makes room.")
      .min(0)
      .max(10'000'000);
  s.field("memory", &CacheSettings::memory, "So much of it for each event loop.")
      .min(Bytes{64U << 10U})
      .max(Bytes{std::uint64_t{64} << 30U});
}

void Config::describe(Schema<Config>& s) {
  s.summary("Tells who a request is from, and lets nobody pass who is not known.");
  s.field("issuers", &Config::issuers, "Whose tokens are accepted.")
      .max(MostIssuers)
      .example(
          "[{issuer: \"https://id.example.com\", jwks: \"https://id.example.com/keys\", audience: "
          "api}]");
  s.field("leeway", &Config::leeway, "How far the clocks of issuers may be from ours.")
      .max(std::chrono::minutes(5));
  s.field(
       "identity_headers", &Config::identity_headers,
       "Fields that upstreams are told of the caller by, with what they say; of clients' requests "
       "they are always taken out. Lists are joined by commas.")
      .max(MostHeaders)
      .check_keys(fault_of_header)
      .names({{"subject", IdentityHeaders::Says::Subject},
              {"roles", IdentityHeaders::Says::Roles},
              {"scopes", IdentityHeaders::Says::Scopes},
              {"session", IdentityHeaders::Says::Session},
              {"issuer", IdentityHeaders::Says::Issuer}})
      .example("{X-User-Id: subject, X-Tenant-Issuer: issuer}");
  s.field("forward_token", &Config::forward_token,
          "Upstreams get the client's Authorization too; `false` keeps tokens here.");
  s.field("trusted_origins", &Config::trusted_origins,
          "Origins whose pages may change something with the session cookie, beside our own: those "
          "of the same site.")
      .max(MostOrigins)
      .example("[\"https://app.example.com\"]");
  s.field("revocation_staleness", &Config::revocation_staleness,
          "So long without a word from the database, our own tokens are answered 503: nobody knows "
          "what was revoked.")
      .min(std::chrono::seconds(5))
      .max(std::chrono::hours(1));
  s.field("token_cache", &Config::token_cache, "Tokens that were verified already.");
  describe_accounts(s);
  s.rule("nobody is trusted; name a `database` for accounts of your own, or an issuer in `issuers`",
         [](const Config& it) { return !it.issuers.empty() || !it.database.empty(); });
  s.rule("two issuers have one name, ours among them; write one entry for both", have_own_names);
}

}  // namespace portico::auth
