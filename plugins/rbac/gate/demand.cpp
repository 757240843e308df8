// SPDX-License-Identifier: Apache-2.0
#include "gate/demand.h"

#include <span>
#include <utility>

namespace portico::rbac {
namespace {

constexpr std::string_view OwnPart = ":own";

std::vector<std::string> names_of(const Use& use) {
  if (!use.require.empty()) return {use.require};
  if (!use.any_of.empty()) return use.any_of;
  return use.all_of;
}

Demand::Kind kind_of(const Use& use) {
  if (!use.role.empty()) return Demand::Kind::Role;
  if (!use.any_of.empty()) return Demand::Kind::AnyOf;
  if (use.require.empty() && use.all_of.empty()) return Demand::Kind::Owner;
  return Demand::Kind::AllOf;
}

/// None of their characters needs an escape in JSON.
std::string array_of(std::span<const std::string> names) {
  std::string text = "[";
  for (const std::string& name : names) {
    text.append(text.size() == 1 ? "\"" : ",\"").append(name).append("\"");
  }
  return text.append("]");
}

std::string joined(std::span<const std::string> names, std::string_view between) {
  std::string text;
  for (const std::string& name : names) text.append(text.empty() ? "" : between).append(name);
  return text;
}

}  // namespace

Demand::Demand(Use settings, Questions& questions)
    : kind(kind_of(settings)), use(std::move(settings)) {
  std::vector<std::string> names = names_of(use);
  for (const std::string& name : names) {
    Permission& each =
        permissions.emplace_back(Permission{name, questions.ask(name), std::nullopt, {}});
    if (use.owner.param.empty()) continue;
    each.own_name = name + std::string(OwnPart);
    each.own = questions.ask(each.own_name);
  }
  if (kind == Kind::Role) names = {"role:" + use.role};
  if (kind == Kind::Owner) names = {"owner"};
  required = array_of(names);
  action = joined(names, kind == Kind::AnyOf ? " or " : " and ");
}

}  // namespace portico::rbac
