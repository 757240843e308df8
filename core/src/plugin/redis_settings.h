// SPDX-License-Identifier: Apache-2.0
// The file's `redis`, as plugins find theirs in it.
#pragma once

#include "redis/options.h"

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>

namespace portico::config {
struct Settings;
}  // namespace portico::config

namespace portico::plugin {

class RedisSettings {
 public:
  /// Of no file: every name is found, and means nothing.
  RedisSettings();
  explicit RedisSettings(const config::Settings& settings);

  using Stores = std::map<std::string, redis::Options, std::less<>>;
  /// Without a name, the only one. Throws std::runtime_error, for the operator to read.
  [[nodiscard]] const Stores::value_type& find(std::string_view name) const;
  /// Null where there is none, or more than one.
  [[nodiscard]] const Stores::value_type* only() const noexcept {
    return any_ || stores_.size() != 1 ? nullptr : &*stores_.begin();
  }

 private:
  Stores stores_;
  bool any_ = false;
};

}  // namespace portico::plugin
