// SPDX-License-Identifier: Apache-2.0
#include "origin.h"

#include "shared/ascii.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace portico::cors {
namespace {

/// No host has more characters, and nobody who asks by browser sends more.
constexpr std::size_t LongestHost = 253;

bool is_scheme(std::string_view text) noexcept {
  return !text.empty() && is_small_letter(text.front()) &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return is_small_letter(c) || is_digit(c) || c == '+' || c == '-' || c == '.';
         });
}

/// Labels between dots, none of them empty. In lower case, as browsers send them.
bool is_name(std::string_view text) noexcept {
  if (text.empty() || text.size() > LongestHost) return false;
  if (text.front() == '.' || text.back() == '.') return false;
  if (text.find("..") != std::string_view::npos) return false;
  return std::all_of(text.begin(), text.end(), [](char c) {
    return is_small_letter(c) || is_digit(c) || c == '-' || c == '_' || c == '.';
  });
}

/// An IPv6 address in its brackets. That the browser wrote it well is its own affair.
bool is_bracketed(std::string_view text) noexcept {
  return text.size() > 2 && text.front() == '[' && text.back() == ']' &&
         std::all_of(text.begin() + 1, text.end() - 1, [](char c) {
           return is_digit(c) || (c >= 'a' && c <= 'f') || c == ':' || c == '.';
         });
}

bool is_port(std::string_view text) noexcept {
  if (text.empty() || text.size() > 5 || text.front() == '0') return false;
  if (!std::all_of(text.begin(), text.end(), is_digit)) return false;
  return text.size() < 5 || text <= "65535";
}

std::string_view default_port(std::string_view scheme) noexcept {
  if (scheme == "https" || scheme == "wss") return "443";
  if (scheme == "http" || scheme == "ws") return "80";
  return {};
}

struct Parts {
  std::string_view scheme;
  std::string_view host;
  std::string_view port;
  bool has_port = false;
};

/// scheme "://" host [":" port]. What stands in the parts is not looked at.
std::optional<Parts> split(std::string_view text) noexcept {
  const std::size_t end = text.find("://");
  if (end == std::string_view::npos) return std::nullopt;
  Parts parts{.scheme = text.substr(0, end), .host = text.substr(end + 3), .port = {}};
  const std::size_t bracket = parts.host.find(']');
  const std::size_t colon = parts.host.find(':', bracket == std::string_view::npos ? 0 : bracket);
  if (colon == std::string_view::npos) return parts;
  parts.port = parts.host.substr(colon + 1);
  parts.host = parts.host.substr(0, colon);
  parts.has_port = true;
  return parts;
}

std::string fault_of_wildcard(std::string_view host) {
  if (!host.starts_with("*.") || host.find('*', 1) != std::string_view::npos) {
    return "a * stands for whole names in front of a host; write one such as "
           "https://*.example.com";
  }
  const std::string_view below = host.substr(2);
  if (!is_name(below)) return "has a host that is none; write one such as https://*.example.com";
  if (below.find('.') == std::string_view::npos && below != "localhost") {
    return "a whole top-level domain belongs to nobody; write one such as https://*.example.com";
  }
  if (is_digit(below.back())) return "an address has no names below it; write it in full";
  return {};
}

std::string fault_of_parts(const Parts& parts) {
  const std::string scheme = in_small_letters(parts.scheme);
  const std::string host = in_small_letters(parts.host);
  if (!is_scheme(scheme)) return "has no scheme; write one such as https://app.example.com";
  if (host.find('*') != std::string::npos) {
    if (std::string fault = fault_of_wildcard(host); !fault.empty()) return fault;
  } else if (!is_name(host) && !is_bracketed(host)) {
    return "has a host that is none; write one such as https://app.example.com";
  }
  if (parts.has_port && parts.port != "*" && !is_port(parts.port)) {
    return "has a port that is none; write 1 to 65535, or * for all";
  }
  return {};
}

}  // namespace

std::string fault_of_origin(std::string_view text) {
  if (text == "*" || text == "null") return {};
  const std::optional<Parts> parts = split(text);
  if (!parts) return "has no scheme; write one such as https://app.example.com";
  const std::string_view rest = text.substr(parts->scheme.size() + 3);
  if (const std::size_t end = rest.find_first_of("/?#\\"); end != std::string_view::npos) {
    return "has a path; write " + std::string(text.substr(0, parts->scheme.size() + 3 + end));
  }
  if (rest.find('@') != std::string_view::npos) {
    return "has a user in it; write one such as https://app.example.com";
  }
  return fault_of_parts(*parts);
}

OriginRule parse_origin(std::string_view text) {
  OriginRule rule;
  if (text == "*" || text == "null") {
    rule.kind = text == "*" ? OriginRule::Kind::Any : OriginRule::Kind::Null;
    return rule;
  }
  const Parts parts = split(text).value_or(Parts{});
  rule.scheme = in_small_letters(parts.scheme);
  rule.host = in_small_letters(parts.host);
  rule.any_port = parts.port == "*";
  if (!rule.any_port && parts.port != default_port(rule.scheme)) rule.port = parts.port;
  rule.below = rule.host.starts_with('*');
  if (rule.below) rule.host.erase(0, 1);
  if (rule.below || rule.any_port) {
    rule.kind = OriginRule::Kind::Pattern;
    return rule;
  }
  rule.text = rule.scheme + "://" + rule.host + (rule.port.empty() ? "" : ":" + rule.port);
  return rule;
}

bool OriginRule::matches(std::string_view origin) const noexcept {
  const std::optional<Parts> parts = split(origin);
  if (!parts || parts->scheme != scheme) return false;
  if (any_port ? parts->has_port && !is_port(parts->port)
               : parts->has_port == port.empty() || parts->port != port) {
    return false;
  }
  if (!below) return parts->host == host;
  // "https://example.com.evil.com" ends otherwise, "https://evil.com/.example.com" is no name.
  return parts->host.size() > host.size() && parts->host.ends_with(host) && is_name(parts->host);
}

}  // namespace portico::cors
