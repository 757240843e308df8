// SPDX-License-Identifier: Apache-2.0
// The cookie of a device that has logged in to an account before: base64url of
// version 1 B | number 16 B | MAC 16 B. It lets nobody in; it only tells a device from strangers
// while somebody else fails on the account. Pure; any thread.
#pragma once

#include "store/digest.h"

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace portico::auth::device {

/// `account` is the normalised address: the cookie says nothing of another account.
[[nodiscard]] std::string write(KeyBytes key, std::string_view account,
                                std::span<const std::byte, 16> random);
/// The device's number, for LoginTry. Nothing for whatever was not written here for that account.
[[nodiscard]] std::optional<std::string> read(KeyBytes key, std::string_view account,
                                              std::string_view cookie);

}  // namespace portico::auth::device
