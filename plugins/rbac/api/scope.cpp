// SPDX-License-Identifier: Apache-2.0
#include "api/scope.h"

#include "shared/refusal.h"

#include <algorithm>
#include <cstddef>

namespace portico::rbac {
namespace {

constexpr std::size_t Longest = 200;

}  // namespace

void check_scope(std::string_view scope, const std::string& where) {
  const auto control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; };
  if (!scope.empty() && scope.size() <= Longest && !std::ranges::any_of(scope, control)) return;
  throw Refusal::of_field(where, "scope_invalid",
                          "A scope has 1 to 200 bytes, none of them a control character; write "
                          "\"*\" for everywhere.");
}

}  // namespace portico::rbac
