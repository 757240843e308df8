// SPDX-License-Identifier: Apache-2.0
// Where in the file a setting stands, for checks of settings that were bound already.
#pragma once

#include "config/problems.h"

#include <initializer_list>
#include <string_view>

namespace portico::config {

class SettingsPlaces {
 public:
  /// `root` is what the settings were bound from.
  SettingsPlaces(const Node& root, Problems& problems) noexcept
      : root_(root), problems_(problems) {}

  [[nodiscard]] const Node& root() const noexcept { return root_; }
  /// The node under these keys, or the nearest above it; the root for what is not in the file.
  [[nodiscard]] const Node& at(std::initializer_list<std::string_view> keys) const noexcept;

  /// What the binder refused has its default now, and is not refused again.
  void error(Mark mark, std::string_view path, std::string_view what,
             std::string_view remedy = {}) const;
  void warning(Mark mark, std::string_view path, std::string_view what,
               std::string_view remedy) const;

 private:
  const Node& root_;
  Problems& problems_;
};

}  // namespace portico::config
