// SPDX-License-Identifier: Apache-2.0
// Values from JSON. What two readers could take in two ways is refused as a whole: two members of
// one name, NUL raw or escaped, bytes that are not UTF-8, lone surrogates, numbers that neither an
// int64 nor a double holds, text after the value. Any thread.
#pragma once

#include "template/value.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <variant>

namespace portico::notify {

/// What is wrong with JSON.
struct JsonFault {
  std::size_t byte = 0;  ///< Where, from 0 on.
  std::string sentence;
};

inline constexpr std::size_t MostJsonBytes = std::size_t{256} * 1024;
inline constexpr std::size_t MostJsonDepth = 32;

/// A map: what a template is filled in with is named.
[[nodiscard]] std::variant<Value, JsonFault> read_json(std::string_view json);

}  // namespace portico::notify
