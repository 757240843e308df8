// SPDX-License-Identifier: Apache-2.0
#include "testing/fakes.h"

#include <portico/upstream.h>

namespace portico::testing {

namespace {

/// Says who the caller is.
class Known {
 public:
  explicit Known(const Surroundings::User& user)
      : name_(user.name), texts_(user.roles), roles_(texts_.begin(), texts_.end()) {}
  Flow operator()(Request& request) const {
    request.set<std::string_view>(UserId, name_);
    request.set<std::span<const std::string_view>>(UserRoles, roles_);
    return pass();
  }

 private:
  std::string name_;
  std::vector<std::string> texts_;
  std::vector<std::string_view> roles_;
};

}  // namespace

void Surroundings::User::describe(Schema<User>& schema) {
  schema.summary("Says who the caller is.");
  schema.field("name", &User::name, "The caller's id.").required();
  schema.field("roles", &User::roles, "The caller's roles.");
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

Permissions::Verdict FakePermissions::decide(const Request&, std::string_view permission) {
  return allowed_.contains(permission) ? Verdict::Allowed : Verdict::Denied;
}

}  // namespace portico::testing
