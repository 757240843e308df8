// SPDX-License-Identifier: Apache-2.0
#include "shared/entity_tag.h"

#include "shared/refusal.h"

namespace portico {
inline namespace shared {
namespace {

std::string_view trimmed(std::string_view text) noexcept {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

bool matches_tag(std::string_view wanted, std::string_view tag) noexcept {
  if (wanted.starts_with("W/")) wanted.remove_prefix(2);
  return wanted == "*" || wanted == tag;
}

}  // namespace

void require_match(const Request& request, std::string_view tag) {
  const auto field = request.headers().get("If-Match");
  if (!field) return;
  std::string_view rest = *field;
  while (!rest.empty()) {
    const std::size_t end = rest.find(',');
    if (matches_tag(trimmed(rest.substr(0, end)), tag)) return;
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  }
  throw changed_meanwhile();
}

std::string entity_tag(std::string_view state) { return '"' + std::string(state) + '"'; }

}  // namespace shared
}  // namespace portico
