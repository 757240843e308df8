// SPDX-License-Identifier: Apache-2.0
// Addresses as the tables find them by: a keyed hash, so that who has the tables alone cannot try
// which addresses are in it. Any thread.
#pragma once

#include <portico/host.h>

#include <array>
#include <cstddef>
#include <mutex>
#include <string>
#include <string_view>

namespace portico::notify {

class AddressDigest {
 public:
  explicit AddressDigest(const Host& host) : host_(host) {}

  /// The same for addresses of mail that differ in capitals alone. From `start` on. Throws
  /// std::runtime_error where the gateway has no secret that lasts.
  [[nodiscard]] std::string of(std::string_view address) const;

 private:
  using Key = std::array<std::byte, 32>;

  const Host& host_;
  mutable std::once_flag derived_;
  mutable Key key_{};
};

}  // namespace portico::notify
