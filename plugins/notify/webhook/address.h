// SPDX-License-Identifier: Apache-2.0
// Addresses of the network as an URL spells them. Pure.
#pragma once

#include <string_view>

namespace portico::notify::webhook {

/// "192.0.2.1" with four plain decimal numbers.
[[nodiscard]] bool is_ipv4(std::string_view text);
/// "2001:db8::1" without brackets; no zone.
[[nodiscard]] bool is_ipv6(std::string_view text);

}  // namespace portico::notify::webhook
