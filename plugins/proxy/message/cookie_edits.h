// SPDX-License-Identifier: Apache-2.0
// Cookies of an upstream, made fit for the public address.
#pragma once

#include "text.h"
#include <portico/cookie.h>
#include <portico/http.h>
#include <portico/schema.h>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace portico::proxy {

struct CookieSettings {
  std::optional<std::string> domain{};
  std::map<std::string, std::string> path{};
  std::optional<bool> secure{};
  std::optional<bool> http_only{};
  std::optional<SameSite> same_site{};

  static void describe(Schema<CookieSettings>& s);
};

class CookieEdits {
 public:
  explicit CookieEdits(const CookieSettings& settings);

  void apply(Headers& headers, Draft& draft) const;
  /// One Set-Cookie, in `draft`.
  [[nodiscard]] std::string_view edit(std::string_view cookie, Draft& draft) const;

 private:
  /// Appends an attribute, changed where it must be; nothing where it goes.
  void append_attribute(std::string_view attribute, Draft& draft) const;
  void append_path(std::string_view path, Draft& draft) const;
  void append_flags(Draft& draft) const;

  CookieSettings settings_;
  std::vector<std::pair<std::string, std::string>> paths_;  // A longer one before its beginning.
};

}  // namespace portico::proxy
