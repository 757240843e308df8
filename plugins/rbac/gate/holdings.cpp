// SPDX-License-Identifier: Apache-2.0
#include "gate/holdings.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace portico::rbac {
namespace {

/// The same for the same assignments, in whatever order.
std::string text_of(const std::vector<Assignment>& assignments) {
  std::string text;
  for (const Assignment& each : assignments) {
    text.append(std::to_string(each.role)).append(" ");
    text.append(std::to_string(each.not_before.count())).append(" ");
    text.append(std::to_string(each.expires.count())).append(" ");
    text.append(std::to_string(each.scope.size())).append(" ").append(each.scope);
  }
  return text;
}

std::vector<Assignment> in_order(std::vector<Assignment> assignments) {
  std::ranges::sort(assignments, {}, [](const Assignment& each) {
    return std::tie(each.role, each.scope, each.not_before, each.expires);
  });
  return assignments;
}

}  // namespace

Holdings::Shared& Holdings::hold(const std::vector<Assignment>& assignments) {
  std::vector<Assignment> ordered = in_order(assignments);
  const auto [found, is_new] = all_.try_emplace(text_of(ordered));
  if (is_new) {
    found->second = std::make_unique<Shared>(Shared{Holding(std::move(ordered), questions_)});
    found->second->text = found->first;
  }
  ++found->second->holders;
  return *found->second;
}

void Holdings::release(Shared& shared) noexcept {
  if (--shared.holders == 0) all_.erase(all_.find(shared.text));
}

}  // namespace portico::rbac
