// SPDX-License-Identifier: Apache-2.0
#include "gate/credential.h"

#include "shared/ascii.h"

namespace portico::auth {
namespace {

constexpr std::string_view Bearer = "Bearer ";

Credential of_authorization(std::string_view value) noexcept {
  if (!begins_with(value, Bearer)) {
    // "Bearer" with nothing behind it was meant for us, and is no good.
    if (same_letters(value, "Bearer")) return {Credential::Kind::Token, {}};
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

Credential find_credential(const Headers& fields, Cookies cookies) noexcept {
  Credential found;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const auto [name, value] = fields[i];
    if (same_letters(name, "Authorization")) {
      add(found, of_authorization(value));
    } else if (same_letters(name, "X-API-Key")) {
      add(found, {Credential::Kind::ApiKey, value});
    } else if (cookies == Cookies::Count && same_letters(name, "Cookie")) {
      each_cookie(value, [&found](std::string_view cookie, std::string_view text) {
        if (cookie == SessionCookie) add(found, {Credential::Kind::Session, text});
      });
    }
  }
  return found;
}

}  // namespace portico::auth
