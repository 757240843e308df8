// SPDX-License-Identifier: Apache-2.0
// API keys as bodies have them.
#pragma once

#include "store/api_keys.h"
#include <portico/schema.h>

#include <optional>
#include <string>
#include <vector>

namespace portico::auth {

struct ApiKeyForm {
  std::string name;
  std::vector<std::string> scopes;
  std::optional<std::string> expires_at;

  static void describe(Schema<ApiKeyForm>& s);
};

struct ApiKeyName {
  std::string name;

  static void describe(Schema<ApiKeyName>& s);
};

struct ApiKeyView {
  std::string id;
  std::string name;
  std::string prefix;
  std::vector<std::string> scopes;
  std::string created_at;
  std::string expires_at;
  std::optional<std::string> last_used_at;
  std::optional<std::string> key;  ///< Once: when it is made.

  static void describe(Schema<ApiKeyView>& s);
};

struct ApiKeyList {
  std::vector<ApiKeyView> items;

  static void describe(Schema<ApiKeyList>& s);
};

[[nodiscard]] ApiKeyView view_of(const ApiKey& key);

}  // namespace portico::auth
