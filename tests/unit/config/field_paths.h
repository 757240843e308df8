// SPDX-License-Identifier: Apache-2.0
// What a schema's fields are called in a file, "listen[].tls.key", "databases.*.url", so that a
// test can say of each whether any golden speaks of it.
#pragma once

#include "config/schema_model.h"

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace portico::config {

class FieldPaths {
 public:
  void add(const detail::ObjectSchema& schema, const std::string& path);
  [[nodiscard]] const std::vector<std::string>& all() const noexcept { return paths_; }

 private:
  void value(const detail::Type& type, const std::string& path);

  std::vector<std::string> paths_;
};

/// Whether one of the paths is at `field` or below it; `*` in it stands for one key.
[[nodiscard]] bool any_speaks_of(const std::set<std::string>& paths, std::string_view field);

}  // namespace portico::config
