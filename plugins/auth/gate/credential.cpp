// SPDX-License-Identifier: Apache-2.0
#include "gate/credential.h"

#include <algorithm>

namespace portico::auth {
namespace {

constexpr std::string_view Bearer = "Bearer ";

char lower(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

Credential of_authorization(std::string_view value) noexcept {
  if (value.size() < Bearer.size() || !same_word(value.substr(0, Bearer.size()), Bearer)) {
    // "Bearer" with nothing behind it was meant for us, and is no good.
    if (same_word(value, "Bearer")) return {Credential::Kind::Token, {}};
    return {Credential::Kind::Foreign, {}};
  }
  value.remove_prefix(Bearer.size());
  while (value.starts_with(' ')) value.remove_prefix(1);
  return {Credential::Kind::Token, value};
}

/// The credential, and another one.
void add(Credential& sum, const Credential& one) noexcept {
  sum = sum.kind == Credential::Kind::None ? one : Credential{Credential::Kind::Several, {}};
}

}  // namespace

bool same_word(std::string_view left, std::string_view right) noexcept {
  return std::ranges::equal(left, right, {}, lower, lower);
}

Credential find_credential(const Headers& fields, Cookies cookies) noexcept {
  Credential found;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const auto [name, value] = fields[i];
    if (same_word(name, "Authorization")) {
      add(found, of_authorization(value));
    } else if (same_word(name, "X-API-Key")) {
      add(found, {Credential::Kind::ApiKey, value});
    } else if (cookies == Cookies::Count && same_word(name, "Cookie")) {
      each_cookie(value, [&found](std::string_view cookie, std::string_view text) {
        if (cookie == SessionCookie) add(found, {Credential::Kind::Session, text});
      });
    }
  }
  return found;
}

}  // namespace portico::auth
