// SPDX-License-Identifier: Apache-2.0
// The cookie of a device that has logged in to an account before: base64url of
// version 1 B | number 16 B | MAC 16 B. It lets nobody in; it only tells a device from strangers
// while somebody else fails on the account. Pure; any thread.
//
// It ends with the password that it was given for: whoever knew that one may have such a cookie,
// and sets off no alarm with it.
#pragma once

#include "shared/time.h"
#include "store/digest.h"

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace portico::auth::device {

/// Whose it is: the cookie says nothing of another account, nor of one with another password.
struct Owner {
  std::string_view account;  ///< The normalised address.
  Time password_since{0};    ///< When the password was set.
};

[[nodiscard]] std::string write(KeyBytes key, const Owner& owner,
                                std::span<const std::byte, 16> random);
/// The device's number, for LoginTry. Nothing for whatever was not written here for that owner.
[[nodiscard]] std::optional<std::string> read(KeyBytes key, const Owner& owner,
                                              std::string_view cookie);

}  // namespace portico::auth::device
