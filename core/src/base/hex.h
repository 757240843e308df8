// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <string>

namespace portico::base {

/// Two lower-case digits for each byte.
[[nodiscard]] std::string hex(std::span<const std::byte> bytes);

}  // namespace portico::base
