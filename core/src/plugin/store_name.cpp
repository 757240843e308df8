// SPDX-License-Identifier: Apache-2.0
#include "plugin/store_name.h"

#include "base/text.h"

#include <algorithm>
#include <stdexcept>

namespace portico::plugin {
namespace {

[[nodiscard]] std::string what_to_write(const StoreKind& kind, std::string_view name) {
  return "write `" + std::string(kind.section) + ": {" + std::string(name) + ": {url: \"" +
         std::string(kind.url) + "\"}}`";
}

}  // namespace

std::string_view find_store_name(const StoreKind& kind, const std::vector<std::string_view>& names,
                                 std::string_view name) {
  if (name.empty() && names.size() == 1) return names.front();
  if (const auto found = std::ranges::find(names, name); found != names.end()) return *found;
  if (names.empty()) {
    throw std::runtime_error("it needs " + std::string(kind.one) + ", and the file has none; " +
                             what_to_write(kind, name.empty() ? kind.usual : name));
  }
  const std::string all = base::join(names, ", ");
  if (name.empty()) {
    throw std::runtime_error("it must name " + std::string(kind.own) +
                             ", for the file has several: " + all);
  }
  const std::string what =
      "there is no " + std::string(kind.section) + "." + std::string(name) + " in the file; ";
  const std::string_view meant = base::closest(name, names);
  if (!meant.empty()) throw std::runtime_error(what + "did you mean " + std::string(meant) + "?");
  throw std::runtime_error(what + "it has " + all + "; or " + what_to_write(kind, name));
}

}  // namespace portico::plugin
