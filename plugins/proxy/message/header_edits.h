// SPDX-License-Identifier: Apache-2.0
// Header fields that a route removes, sets and adds, on requests or on answers.
#pragma once

#include <portico/http.h>
#include <portico/schema.h>

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace portico::proxy {

struct HeaderSettings {
  std::map<std::string, Template> set;
  std::map<std::string, Template> add;
  std::vector<std::string> remove;

  static void describe(Schema<HeaderSettings>& s);
};

/// Prepared; must outlive the messages that it was applied to.
class HeaderEdits {
 public:
  explicit HeaderEdits(const HeaderSettings& settings);

  /// First what is removed, then what is set, then what is added. A value that could split the
  /// message, because of what the client sent, is left out.
  void apply(Headers& headers, const Request& request) const;
  [[nodiscard]] bool empty() const noexcept;

 private:
  using Field = std::pair<std::string, Template>;

  std::vector<std::string> remove_;
  FixedHeaders fixed_;
  std::vector<Field> set_;
  std::vector<Field> add_;
};

}  // namespace portico::proxy
