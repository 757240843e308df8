// SPDX-License-Identifier: Apache-2.0
#include "settings.h"

#include "condition/condition.h"
#include "model/permission.h"

#include <string>
#include <string_view>
#include <variant>

namespace portico::rbac {
namespace {

/// Errors of the file end without a full stop.
std::string as_error(std::string sentence) {
  if (sentence.ends_with('.')) sentence.pop_back();
  return sentence;
}

std::string check_condition(std::string_view text) {
  if (text.empty()) return {};
  const auto parsed = Condition::parse(text);
  const auto* const fault = std::get_if<Condition::Fault>(&parsed);
  if (fault == nullptr) return {};
  return as_error((fault->where.empty() ? "" : "at " + fault->where + ": ") + fault->sentence);
}

std::string check_pattern(std::string_view text) { return as_error(fault_of_pattern(text)); }
std::string check_role(std::string_view text) { return as_error(fault_of_role_name(text)); }

}  // namespace

void GrantSettings::describe(Schema<GrantSettings>& s) {
  s.summary("A permission that the role gives, or takes away whoever gives it.");
  s.shorthand("allow");
  s.field("allow", &GrantSettings::allow,
          "Gives it. `*` stands for one part, a last `**` for one or more.")
      .check(check_pattern)
      .example("\"orders:read\"");
  s.field("deny", &GrantSettings::deny, "Takes it away: this wins over every `allow`.")
      .check(check_pattern)
      .example("\"orders:delete\"");
  s.field("when", &GrantSettings::when, "Under this condition alone, as JSON.")
      .check(check_condition)
      .example(R"('{"lte": ["resource.amount", 100]}')");
  s.rule("say what is allowed or what is denied, one of the two",
         [](const GrantSettings& g) { return g.allow.empty() != g.deny.empty(); });
}

void RoleSettings::describe(Schema<RoleSettings>& s) {
  s.summary("A role, as it stands until somebody changes it by the API.");
  s.field("description", &RoleSettings::description, "What it is for.").max(500);
  s.field("parents", &RoleSettings::parents, "Roles whose permissions it has too.")
      .check(check_role)
      .max(100)
      .example("[viewer]");
  s.field("permissions", &RoleSettings::permissions, "What its holders may do.")
      .max(10'000)
      .example("[\"orders:read\", {deny: \"orders:delete\"}]");
}

void CacheSettings::describe(Schema<CacheSettings>& s) {
  s.summary("Whose roles are kept in memory, for each event loop.");
  s.field("users", &CacheSettings::users,
          "About so many users, 64 bytes for each; of others the database is asked.")
      .min(1'000)
      .max(50e6);
}

void DecisionSettings::describe(Schema<DecisionSettings>& s) {
  s.summary("What is kept of decisions. Refusals are kept all.");
  s.field("allowed", &DecisionSettings::allowed, "Which share of what was allowed is kept as well.")
      .min(0)
      .max(1);
  s.field("keep", &DecisionSettings::keep, "How long.")
      .min(std::chrono::hours(1))
      .max(std::chrono::hours(24 * 3650));
}

void Config::describe(Schema<Config>& s) {
  s.summary("Says who may do what: roles, permissions, conditions.");
  s.field(
       "database", &Config::database,
       "Where roles and who has them are kept, by its name in `databases`: that of `auth`, where "
       "both are loaded. Without one, roles come from the file and from tokens.")
      .restart()
      .example("main");
  s.field("redis", &Config::redis,
          "Tells other nodes at once what has changed; without one they find out within 5 s.")
      .example("shared");
  s.field("roles", &Config::roles, "Roles of the file.")
      .check_keys(check_role)
      .max(10'000)
      .example("{viewer: {permissions: [\"orders:read\"]}}");
  s.field("default_role", &Config::default_role, "What every new user gets.").check(check_role);
  s.field("users_of", &Config::users_of,
          "The issuer whose users are in the database; that of `auth` where nothing is said.")
      .example("\"https://id.example.com\"");
  s.field("trust_roles_of", &Config::trust_roles_of,
          "Issuers whose tokens say by themselves which roles their bearers have. Without a "
          "database, all that `auth` trusts.")
      .max(100)
      .example("[\"https://id.example.com\"]");
  s.field("strict", &Config::strict,
          "An entry of `routes` that knows its callers and asks for nothing is an error, not a "
          "warning; `rbac.anyone` says that it is meant so.");
  s.field("staleness", &Config::staleness,
          "How long decisions are made without a word from the database; then 503.")
      .min(std::chrono::seconds(6))
      .max(std::chrono::hours(1));
  s.field("cache", &Config::cache, "Users in memory.").restart();
  s.field("decisions", &Config::decisions, "The log of decisions.");
  s.rule("`redis` has nothing to tell without a `database`; name one, or remove `redis`",
         [](const Config& c) { return c.redis.empty() || !c.database.empty(); });
  s.rule("without a `database` there is nobody whose users `users_of` could name; remove it",
         [](const Config& c) { return c.users_of.empty() || !c.database.empty(); });
}

}  // namespace portico::rbac
