// SPDX-License-Identifier: Apache-2.0
// Parameters of the query that a route removes, sets and adds.
#pragma once

#include "text.h"
#include <portico/http.h>
#include <portico/schema.h>

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace portico::proxy {

struct QuerySettings {
  std::map<std::string, Template> set;
  std::map<std::string, Template> add;
  std::vector<std::string> remove;

  static void describe(Schema<QuerySettings>& s);
};

class QueryEdits {
 public:
  explicit QueryEdits(const QuerySettings& settings);

  /// The query as the upstream gets it, in `draft`. What stays is passed on byte by byte.
  [[nodiscard]] std::string_view apply(const Request& request, Draft& draft) const;
  [[nodiscard]] bool empty() const noexcept { return gone_.empty() && new_.empty(); }

 private:
  std::vector<std::string> gone_;
  /// The names are encoded.
  std::vector<std::pair<std::string, Template>> new_;
};

/// Whether `written`, the name of a parameter as it was received, means `name`.
[[nodiscard]] bool means(std::string_view written, std::string_view name) noexcept;
/// Appends what of `text` is unreserved, and the rest as escapes.
void append_encoded(std::string_view text, Draft& draft);

}  // namespace portico::proxy
