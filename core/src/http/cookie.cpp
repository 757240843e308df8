// SPDX-License-Identifier: Apache-2.0
#include "base/text.h"
#include "http/cookie_signer.h"
#include "http/request_state.h"
#include <portico/cookie.h>

#include <algorithm>
#include <cstring>
#include <stdexcept>
#include <string>

namespace portico {

namespace {

using http::RequestState;

/// cookie-octet of RFC 6265.
[[nodiscard]] bool is_octet(char c) noexcept {
  return c > ' ' && c < '\x7F' && c != '"' && c != ',' && c != ';' && c != '\\';
}

/// What may stand in the value of Path or Domain.
[[nodiscard]] bool is_attribute(std::string_view text) noexcept {
  return std::ranges::all_of(text, [](char c) { return c >= ' ' && c < '\x7F' && c != ';'; });
}

/// Browsers hold a name to its promise however it is written.
[[nodiscard]] bool has_prefix(std::string_view name, std::string_view prefix) noexcept {
  return base::iequals(name.substr(0, prefix.size()), prefix);
}

[[noreturn]] void refuse(const Cookie& cookie, std::string_view why) {
  throw std::invalid_argument("the cookie \"" + std::string(cookie.name) + "\" " +
                              std::string(why));
}

void check(const Cookie& cookie) {
  if (!detail::is_token(cookie.name)) refuse(cookie, "has a name that is no token");
  if (!std::ranges::all_of(cookie.value, is_octet)) {
    refuse(cookie, "has a value that no cookie can bear");
  }
  if (!is_attribute(cookie.path) || !is_attribute(cookie.domain)) {
    refuse(cookie, "has a path or domain that no cookie can bear");
  }
  if (cookie.same_site == SameSite::None && !cookie.secure) {
    refuse(cookie, "says SameSite=None without Secure");
  }
  const bool host_only = has_prefix(cookie.name, "__Host-");
  if ((host_only || has_prefix(cookie.name, "__Secure-")) && !cookie.secure) {
    refuse(cookie, "has a prefix that promises Secure");
  }
  if (host_only && (!cookie.domain.empty() || cookie.path != "/")) {
    refuse(cookie, "has a prefix that promises Path=/ and no Domain");
  }
}

[[nodiscard]] const http::CookieSigner& signer_of(const RequestState* request) {
  if (request != nullptr && request->cookie_signer != nullptr) return *request->cookie_signer;
  throw std::logic_error("cookies are signed while a request is served");
}

[[nodiscard]] std::string_view name_of(SameSite policy) noexcept {
  switch (policy) {
    case SameSite::Strict: return "Strict";
    case SameSite::None: return "None";
    default: return "Lax";
  }
}

void add_attribute(std::string& out, std::string_view name, std::string_view value) {
  if (value.empty()) return;
  out.append("; ").append(name).append("=").append(value);
}

}  // namespace

void Response::set_cookie(const Cookie& given) {
  Cookie cookie;
  std::memcpy(static_cast<void*>(&cookie), &given,
              std::min<std::size_t>(given.size, sizeof cookie));
  check(cookie);
  if (cookie.sign) {
    RequestState* const request = RequestState::current();
    cookie.value = signer_of(request).sign(cookie.name, cookie.value, request->arena);
  }
  std::string text;
  text.reserve(128 + cookie.value.size());
  text.append(cookie.name).append("=").append(cookie.value);
  add_attribute(text, "Path", cookie.path);
  add_attribute(text, "Domain", cookie.domain);
  if (cookie.max_age) add_attribute(text, "Max-Age", std::to_string(cookie.max_age->count()));
  add_attribute(text, "SameSite", name_of(cookie.same_site));
  if (cookie.secure) text += "; Secure";
  if (cookie.http_only) text += "; HttpOnly";
  headers().add("Set-Cookie", text);
}

std::optional<std::string_view> Request::signed_cookie(std::string_view name) const {
  const RequestState& state = RequestState::of(*this);
  const auto text = cookie(name);
  if (!text) return std::nullopt;
  return signer_of(&state).verify(name, *text, state.arena);
}

}  // namespace portico
