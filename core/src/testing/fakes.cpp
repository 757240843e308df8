// SPDX-License-Identifier: Apache-2.0
#include "testing/fakes.h"

#include <portico/upstream.h>

namespace portico::testing {

namespace {

/// Says who the caller is. Lives as long as the requests that it is asked about.
class Known {
 public:
  explicit Known(const Surroundings::User& user)
      : user_(user),
        roles_(user_.roles.begin(), user_.roles.end()),
        scopes_(user_.scopes.begin(), user_.scopes.end()) {}
  Flow operator()(Request& request) const {
    request.principal({.subject = user_.name,
                       .session = user_.session,
                       .roles = roles_,
                       .scopes = scopes_,
                       .limited = user_.limited});
    return pass();
  }

 private:
  Surroundings::User user_;
  std::vector<std::string_view> roles_;
  std::vector<std::string_view> scopes_;
};

}  // namespace

void Surroundings::User::describe(Schema<User>& schema) {
  schema.summary("Says who the caller is.");
  schema.field("name", &User::name, "The caller's id.").required();
  schema.field("roles", &User::roles, "The caller's roles.");
  schema.field("scopes", &User::scopes, "What the caller's credentials are for.");
  schema.field("limited", &User::limited, "Whether that is all that it may do.");
  schema.field("session", &User::session, "Which of the caller's sessions it is.");
  schema.shorthand("name");
}

Surroundings::Surroundings(const Config&, Host& host)
    : upstream_(host.upstream({.name = "test"})) {}

void Surroundings::setup(Registrar& registrar) {
  registrar.middleware<User>("test_user", [](const User& user) { return Known(user); })
      .gives("identity");
  registrar.terminal<NoSettings>("test_upstream", [this](const NoSettings&) {
    return [this](Request&) { return forward({.upstream = &upstream_}); };
  });
}

void FakePermissions::Config::describe(Schema<Config>& schema) {
  schema.summary("What everybody may do.");
  schema.field("allowed", &Config::allowed, "Permissions.");
}

void FakePermissions::setup(Registrar& registrar) {
  registrar.provide<Permissions>(Permissions::ServiceName, *this);
}

Callable<Flow(Request&)> FakePermissions::guard(std::string_view permission) {
  if (allowed_.contains(permission)) return [](Request&) { return pass(); };
  return [](Request&) {
    return reply(problem(Status::Forbidden, "permission_denied", "The caller may not do this."));
  };
}

}  // namespace portico::testing
