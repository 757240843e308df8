// SPDX-License-Identifier: Apache-2.0
#include "casbin/role_names.h"

#include "model/permission.h"

#include <cstddef>

namespace portico::rbac::casbin {
namespace {

constexpr std::size_t Longest = 63;

/// In lower case, with one "-" in the place of all that does not fit.
std::string fitted(std::string_view name) {
  std::string fit;
  for (const char c : name) {
    const bool upper = c >= 'A' && c <= 'Z';
    const char small = upper ? static_cast<char>(c - 'A' + 'a') : c;
    if ((small >= 'a' && small <= 'z') || (small >= '0' && small <= '9') || small == '_') {
      fit += small;
    } else if (!fit.empty() && fit.back() != '-') {
      fit += '-';
    }
  }
  if (fit.ends_with('-')) fit.pop_back();
  const bool begins = !fit.empty() && fit.front() >= 'a' && fit.front() <= 'z';
  if (!begins || fit.size() < 2) fit.insert(0, fit.empty() ? "role" : "role-");
  return fit.substr(0, Longest);
}

}  // namespace

std::string RoleNames::take(std::string_view name) {
  const std::string fit = fault_of_role_name(name).empty() ? std::string(name) : fitted(name);
  std::string free = fit;
  for (std::size_t number = 2; !taken_.insert(free).second; ++number) {
    const std::string ending = '-' + std::to_string(number);
    free = fit.substr(0, Longest - ending.size()) + ending;
  }
  return free;
}

}  // namespace portico::rbac::casbin
