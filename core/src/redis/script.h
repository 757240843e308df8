// SPDX-License-Identifier: Apache-2.0
// What is behind the SDK's `RedisScript`.
#pragma once

#include <string>

namespace portico::detail {

struct RedisScriptState {
  std::string text;
  std::string sha1;
};

}  // namespace portico::detail
