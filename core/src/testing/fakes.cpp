// SPDX-License-Identifier: Apache-2.0
#include "testing/fakes.h"

#include <portico/upstream.h>

namespace portico::testing {

void Surroundings::User::describe(Schema<User>& schema) {
  schema.summary("Says who the caller is.");
  schema.field("name", &User::name, "The caller's id.").required();
  schema.shorthand("name");
}

Surroundings::Surroundings(const Config&, Host& host)
    : upstream_(host.upstream({.name = "test"})) {}

void Surroundings::setup(Registrar& registrar) {
  registrar
      .middleware<User>("test_user",
                        [](const User& user) {
                          return [name = user.name](Request& request) {
                            request.set<std::string_view>({"user.id"}, name);
                            return pass();
                          };
                        })
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

Permissions::Verdict FakePermissions::decide(const Request&, std::string_view permission) {
  return allowed_.contains(permission) ? Verdict::Allowed : Verdict::Denied;
}

}  // namespace portico::testing
