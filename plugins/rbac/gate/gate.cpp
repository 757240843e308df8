// SPDX-License-Identifier: Apache-2.0
#include "gate/gate.h"

#include "gate/rule.h"
#include "gate/use.h"

#include <algorithm>
#include <memory>

namespace portico::rbac {
namespace {

/// For who means it so: everybody who is known may.
struct Anyone {
  static void describe(Schema<Anyone>& s) {
    s.summary("Says that the route is for everybody who is known; asks for nothing.");
  }
};

constexpr std::string_view Permission = "permission";
constexpr std::string_view Remedy =
    "add `rbac: {require: ...}` behind it, or `rbac.anyone` where everybody who is known may";

}  // namespace

Gate::Gate(const Config& config, Knowledge& knowledge, LookedUp& looked_up, DecisionLog& log)
    : config_(config), knowledge_(knowledge), looked_up_(looked_up), log_(log), views_([this] {
        return std::make_unique<View>(knowledge_, questions_, config_.cache.users);
      }) {}

void Gate::setup(Registrar& registrar) {
  registrar
      .middleware<Use>("rbac",
                       [this](const Use& use) {
                         return
                             [rule = std::make_shared<const Rule>(Demand(use, questions_), *this)](
                                 Request& request) { return rule->serve(request); };
                       })
      .gives(Permission);
  registrar
      .middleware<Anyone>("rbac.anyone",
                          [](const Anyone&) { return [](Request&) { return pass(); }; })
      .gives(Permission);
  registrar.expects(Permission, "identity", config_.strict ? Level::Error : Level::Warning, Remedy);
}

Callable<Flow(Request&)> Gate::guard(std::string_view permission) {
  Use use;
  use.require = permission;
  return [rule = std::make_shared<const Rule>(Demand(std::move(use), questions_), *this)](
             Request& request) { return rule->serve(request); };
}

RoleSource Gate::source_of(const Principal& caller) const noexcept {
  const bool has_database = !config_.database.empty();
  if (has_database && (issuer_.empty() || caller.issuer == issuer_)) return RoleSource::Database;
  const auto& trusted = config_.trust_roles_of;
  if (!has_database && trusted.empty()) return RoleSource::Token;
  return std::ranges::find(trusted, caller.issuer) != trusted.end() ? RoleSource::Token
                                                                    : RoleSource::Nowhere;
}

}  // namespace portico::rbac
