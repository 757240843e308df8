// SPDX-License-Identifier: Apache-2.0
#include "config/settings_places.h"

namespace portico::config {

const Node& SettingsPlaces::at(std::initializer_list<std::string_view> keys) const noexcept {
  const Node* node = &root_;
  for (const std::string_view key : keys) {
    const Node* below = node->find(key);
    if (below == nullptr) break;
    node = below;
  }
  return *node;
}

void SettingsPlaces::error(Mark mark, std::string_view path, std::string_view what,
                           std::string_view remedy) const {
  if (!problems_.told(mark)) problems_.error(mark, path, what, remedy);
}

void SettingsPlaces::warning(Mark mark, std::string_view path, std::string_view what,
                             std::string_view remedy) const {
  problems_.warning(mark, path, what, remedy);
}

}  // namespace portico::config
