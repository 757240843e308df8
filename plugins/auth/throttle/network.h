// SPDX-License-Identifier: Apache-2.0
// Which neighbours of an address count as one. Pure.
#pragma once

#include <string>
#include <string_view>

namespace portico::auth {

/// "192.0.2.0/24", "2001:db8:1:2::/64": those who share a line, and who can change places at will.
/// What is no address is returned as it is: a Unix socket's peer is one network.
[[nodiscard]] std::string network_of(std::string_view address);
/// "192.0.2.7", "2001:db8:1:2::/64": who pays for what was done from there. An address of IPv6 is
/// worth nothing alone, for each subscriber has more than anybody can count.
[[nodiscard]] std::string subscriber_of(std::string_view address);

}  // namespace portico::auth
