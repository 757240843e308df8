// SPDX-License-Identifier: Apache-2.0
// The file's `databases`, as plugins find theirs in it.
#pragma once

#include "config/settings.h"
#include "sql/options.h"

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace portico::plugin {

class SqlSettings {
 public:
  /// Of no file: every name is found, and means nothing.
  SqlSettings();
  explicit SqlSettings(const config::Settings& settings);

  struct Found {
    const std::string& name;
    sql::Options options;
  };
  /// Without a name, the only one. Throws std::runtime_error, for the operator to read.
  [[nodiscard]] Found find(std::string_view name) const;

 private:
  std::map<std::string, config::Database, std::less<>> databases_;
  std::vector<std::string> name_servers_;
  bool any_ = false;
};

}  // namespace portico::plugin
