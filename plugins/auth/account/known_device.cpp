// SPDX-License-Identifier: Apache-2.0
#include "account/known_device.h"

#include <portico/cookie.h>

#include <array>
#include <chrono>
#include <cstddef>

namespace portico::auth {
namespace {

constexpr std::chrono::seconds DeviceLife = std::chrono::days(365);

}  // namespace

void remember_device(const Parts& parts, const device::Owner& owner, Response& answer) {
  std::array<std::byte, 16> random{};
  parts.host.random(random);
  answer.set_cookie({.name = DeviceCookie,
                     .value = device::write(parts.secrets.devices, owner, random),
                     .max_age = DeviceLife});
}

}  // namespace portico::auth
