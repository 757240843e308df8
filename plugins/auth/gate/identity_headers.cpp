// SPDX-License-Identifier: Apache-2.0
#include "gate/identity_headers.h"

#include <span>
#include <string_view>

namespace portico::auth {
namespace {

std::string joined(std::span<const std::string_view> words) {
  std::string text;
  for (const std::string_view word : words) text.append(text.empty() ? "" : ",").append(word);
  return text;
}

std::string value_of(IdentityHeaders::Says says, const Principal& caller) {
  switch (says) {
    case IdentityHeaders::Says::Subject: return std::string(caller.subject);
    case IdentityHeaders::Says::Roles: return joined(caller.roles);
    case IdentityHeaders::Says::Scopes: return joined(caller.scopes);
    case IdentityHeaders::Says::Session: return std::string(caller.session);
    case IdentityHeaders::Says::Issuer: return std::string(caller.issuer);
  }
  return {};
}

}  // namespace

IdentityHeaders::Names IdentityHeaders::usual() {
  return {{"X-User-Id", Says::Subject},
          {"X-User-Roles", Says::Roles},
          {"X-User-Scopes", Says::Scopes},
          {"X-Session-Id", Says::Session}};
}

void IdentityHeaders::reserve(Registrar& registrar) const {
  for (const auto& [name, says] : names_) registrar.reserves_header(name);
}

FixedHeaders IdentityHeaders::of(const Principal& caller) const {
  FixedHeaders fields;
  for (const auto& [name, says] : names_) {
    if (const std::string value = value_of(says, caller); !value.empty()) fields.set(name, value);
  }
  return fields;
}

}  // namespace portico::auth
