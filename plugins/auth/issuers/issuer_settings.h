// SPDX-License-Identifier: Apache-2.0
// An entry of `plugins.auth.issuers`: whose tokens are accepted beside our own.
#pragma once

#include <portico/schema.h>

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace portico::auth {

struct IssuerSettings {
  std::string issuer;
  std::vector<std::string> audience;
  std::optional<Url> jwks;
  std::string keys;
  Secret shared_secret;
  std::vector<std::string> types{"at+jwt"};
  std::string subject_prefix;
  bool internal = false;
  std::chrono::seconds refresh = std::chrono::minutes(10);
  std::chrono::milliseconds timeout = std::chrono::seconds(5);

  static void describe(Schema<IssuerSettings>& s);
};

}  // namespace portico::auth
