// SPDX-License-Identifier: Apache-2.0
#include "stopgap/target.h"

#include "base/text.h"
#include "http/path.h"

#include <algorithm>
#include <optional>
#include <string>

#include <arpa/inet.h>
#include <netinet/in.h>

namespace portico::stopgap {
namespace {

constexpr Refusal BadTarget{400, "bad_target", "The request's target is malformed."};
constexpr Refusal BadHost{400, "bad_host", "The Host is malformed."};

[[nodiscard]] bool is_port(std::string_view text) {
  if (text.size() > 5 || !std::all_of(text.begin(), text.end(), base::is_digit)) return false;
  return text.empty() || std::stoul(std::string(text)) <= 65535;
}

[[nodiscard]] bool is_name(std::string_view text) {
  return !text.empty() && text.size() <= 255 && std::all_of(text.begin(), text.end(), [](char c) {
    return base::is_letter(c) || base::is_digit(c) || c == '-' || c == '.' || c == '_';
  });
}

[[nodiscard]] bool is_v6(std::string_view inner) {
  in6_addr address;
  return ::inet_pton(AF_INET6, std::string(inner).c_str(), &address) == 1;
}

/// The name or bracketed address of "host:port".
[[nodiscard]] std::optional<std::string_view> host_name(std::string_view authority) {
  const bool bracketed = authority.starts_with('[');
  const std::size_t bracket = bracketed ? authority.find(']') : 0;
  if (bracket == std::string_view::npos) return std::nullopt;
  const std::size_t colon = authority.find(':', bracket);
  std::string_view name = authority.substr(0, colon);
  if (colon != std::string_view::npos && !is_port(authority.substr(colon + 1))) return std::nullopt;
  if (bracketed) {
    const bool whole = name.size() == bracket + 1 && is_v6(name.substr(1, bracket - 1));
    return whole ? std::optional(name) : std::nullopt;
  }
  // "example.com." names the same host, and must not slip past a rule for it.
  if (name.ends_with('.')) name.remove_suffix(1);
  return is_name(name) ? std::optional(name) : std::nullopt;
}

/// Takes "http://authority" off an absolute target.
[[nodiscard]] std::optional<std::string_view> take_authority(std::string_view& target) {
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (!base::iequals(target.substr(0, scheme.size()), scheme)) continue;
    target.remove_prefix(scheme.size());
    const std::size_t end = std::min(target.find_first_of("/?"), target.size());
    const std::string_view authority = target.substr(0, end);
    target.remove_prefix(end);
    return authority;
  }
  return std::nullopt;
}

[[nodiscard]] std::string_view lower_copy(std::string_view text, base::Arena& arena) {
  char* const copy = arena.array<char>(text.size());
  std::transform(text.begin(), text.end(), copy, base::ascii_lower);
  return {copy, text.size()};
}

}  // namespace

std::variant<Asked, Refusal> resolve(const Head& head, base::Arena& arena) {
  std::string_view target = head.target;
  if (head.method == "CONNECT" || target == "*") {
    return Refusal{501, "not_implemented", "Neither tunnels nor requests for \"*\" are served."};
  }
  if (!target.starts_with('/')) {
    const auto authority = take_authority(target);
    // The next server might believe the other of the two.
    if (!authority || !base::iequals(*authority, head.host)) return BadTarget;
  }
  const std::size_t question = target.find('?');
  std::string_view path = target.substr(0, question);
  if (path.empty()) path = "/";
  Asked asked;
  if (question != std::string_view::npos) asked.query = target.substr(question + 1);
  if (asked.query.find('#') != std::string_view::npos) return BadTarget;
  const std::size_t room = http::normal_path_room(path.size());
  const auto normal = http::normal_path(path, {arena.array<char>(room), room});
  if (!normal) return Refusal{400, "bad_path", "The request's path is malformed."};
  asked.path = *normal;
  const auto host = host_name(head.host);
  if (!host) return BadHost;
  asked.host = lower_copy(*host, arena);
  return asked;
}

}  // namespace portico::stopgap
