// SPDX-License-Identifier: Apache-2.0
// What the file says of the stores that plugins name.
#pragma once

#include "plugin/redis_settings.h"
#include "plugin/sql_settings.h"

namespace portico::plugin {

struct Stores {
  /// Of no file: every name is found, and means nothing.
  Stores() = default;
  explicit Stores(const config::Settings& settings) : redis(settings), sql(settings) {}

  const RedisSettings redis;
  const SqlSettings sql;
};

}  // namespace portico::plugin
