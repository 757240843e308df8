// SPDX-License-Identifier: Apache-2.0
#include "config/environment.h"

#include "base/text.h"

#include <vector>

#include <unistd.h>

namespace portico::config {

Environment Environment::of_process() {
  Variables variables;
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
    const std::string_view line(*entry);
    const std::size_t equals = line.find('=');
    if (equals == std::string_view::npos || equals == 0) continue;
    variables.emplace(line.substr(0, equals), line.substr(equals + 1));
  }
  return Environment(std::move(variables));
}

std::optional<std::string_view> Environment::get(std::string_view name) const {
  const auto found = own_.find(name);
  if (found == own_.end()) return std::nullopt;
  return found->second;
}

Environment Environment::overlaid(Variables more) const {
  Variables variables = own_;
  variables.merge(more);
  return Environment(std::move(variables));
}

std::string_view Environment::closest_to(std::string_view name) const {
  // To a name of one or two letters, every other one is near.
  if (name.size() < 3) return {};
  std::vector<std::string_view> names;
  for (const auto& [known, value] : own_) names.push_back(known);
  return base::closest(name, names);
}

}  // namespace portico::config
