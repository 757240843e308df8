// SPDX-License-Identifier: Apache-2.0
#include "server/target.h"

#include "base/text.h"
#include "http/path.h"

#include <algorithm>

namespace portico::server {
namespace {

/// The codec has checked its syntax.
[[nodiscard]] std::string_view name_of(std::string_view authority) noexcept {
  const std::size_t end =
      authority.starts_with('[') ? authority.find(']') + 1 : authority.find(':');
  std::string_view name = authority.substr(0, end);
  // "example.com." names the same host, and must not slip past a rule for it.
  if (name.ends_with('.')) name.remove_suffix(1);
  return name;
}

[[nodiscard]] std::string_view lower(std::string_view text, base::Arena& arena) {
  const auto is_upper = [](char c) { return c != base::ascii_lower(c); };
  if (std::ranges::none_of(text, is_upper)) return text;
  char* const copy = arena.array<char>(text.size());
  std::ranges::transform(text, copy, base::ascii_lower);
  return {copy, text.size()};
}

}  // namespace

std::optional<Asked> asked_by(const http::h1::RequestHead& head, base::Arena& arena) {
  Asked asked;
  asked.host = lower(name_of(head.host), arena);
  if (head.form == http::h1::TargetForm::Asterisk) {
    asked.path = head.target;
    return asked;
  }
  const std::string_view path = head.path.empty() ? std::string_view("/") : head.path;
  const std::size_t room = http::normal_path_room(path.size());
  const auto normal = http::normal_path(path, {arena.array<char>(room), room});
  if (!normal) return std::nullopt;
  asked.path = *normal;
  return asked;
}

}  // namespace portico::server
