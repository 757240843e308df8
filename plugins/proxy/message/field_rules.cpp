// SPDX-License-Identifier: Apache-2.0
#include "message/field_rules.h"

#include "shared/http_token.h"
#include "text.h"

#include <algorithm>
#include <array>

namespace portico::proxy {
namespace {

/// What frames a message or belongs to one connection. Written by hand it would let two servers
/// disagree on where a message ends.
constexpr std::array<std::string_view, 10> Framing = {
    "Connection", "Content-Length", "Keep-Alive",        "Proxy-Connection", "TE",
    "Trailer",    "Upgrade",        "Transfer-Encoding", "Expect",           "HTTP2-Settings"};

}  // namespace

bool is_field_value(std::string_view text) noexcept {
  return std::ranges::all_of(text, [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte >= 0x20 && byte != 0x7f) || c == '\t';
  });
}

std::string fault_of_field(std::string_view name) {
  if (!is_token(name)) return "not the name of a header field; write one such as X-Api-Version";
  if (same_letters(name, "Host")) return "\"Host\" has a key of its own; write it under `host`";
  const bool frames = std::ranges::any_of(
      Framing, [name](std::string_view one) { return same_letters(one, name); });
  return frames ? quoted(name) + " is the gateway's own; leave it out" : std::string();
}

std::string fault_of_cookie_path(std::string_view path) {
  const bool sound = path.starts_with('/') && std::ranges::all_of(path, [](char c) {
                       return c > ' ' && c < '\x7f' && c != ';' && c != ',';
                     });
  return sound ? std::string() : "is no path of a cookie; write one such as /app";
}

}  // namespace portico::proxy
