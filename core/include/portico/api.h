// SPDX-License-Identifier: Apache-2.0
// The version of the SDK and the mark of what the core exports.
// A plugin built with SDK 0.n loads only in a core of SDK 0.n; from 1.0 on, a plugin built with
// 1.n loads in every core of 1.m where m >= n.
#pragma once

#include <cstdint>

#define PORTICO_API [[gnu::visibility("default")]]

namespace portico {

inline constexpr std::uint16_t SdkMajor = 0;
inline constexpr std::uint16_t SdkMinor = 1;

}  // namespace portico
