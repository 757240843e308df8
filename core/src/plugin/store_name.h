// SPDX-License-Identifier: Apache-2.0
// Which of the file's stores of one kind a plugin means.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace portico::plugin {

/// How the operator knows them.
struct StoreKind {
  std::string_view section;  ///< "redis"
  std::string_view one;      ///< "a Redis"
  std::string_view own;      ///< "its Redis"
  std::string_view usual;    ///< A name for one: "shared".
  std::string_view url;      ///< Of an example.
};

/// One of `names`; without a name, the only one. Throws std::runtime_error, for the operator to
/// read.
[[nodiscard]] std::string_view find_store_name(const StoreKind& kind,
                                               const std::vector<std::string_view>& names,
                                               std::string_view name);

}  // namespace portico::plugin
