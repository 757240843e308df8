// SPDX-License-Identifier: Apache-2.0
#include "api/users.h"

#include "api/refusals.h"

#include <algorithm>
#include <cstddef>

namespace portico::rbac {
namespace {

constexpr std::size_t LongestId = 200;

bool can_be_an_id(std::string_view text) {
  const auto control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; };
  return !text.empty() && text.size() <= LongestId && !std::ranges::any_of(text, control);
}

}  // namespace

void require_user(Reader& db, const Parts& parts, std::string_view user) {
  Identity* const identity = parts.identity.operator->();
  if (!can_be_an_id(user) || (identity != nullptr && !identity->exists(db, user))) {
    throw no_such_user();
  }
}

bool can_log_in(Reader& db, const Parts& parts, std::string_view user) {
  Identity* const identity = parts.identity.operator->();
  return identity == nullptr || identity->can_log_in(db, user);
}

}  // namespace portico::rbac
