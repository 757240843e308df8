// SPDX-License-Identifier: Apache-2.0
// Where a fetch for somebody else may go.
#pragma once

#include "loop/dns/answer.h"

#include <string_view>

namespace portico::fetch {

/// Whether the address belongs to the public internet. Private, local, shared, reserved, multicast
/// and documentation blocks do not, nor do those that carry an IPv4 address inside.
[[nodiscard]] bool is_public(const loop::dns::Address& address) noexcept;

/// Whether a host's name is meant for this machine or network alone: "localhost", "x.internal".
[[nodiscard]] bool is_internal_name(std::string_view host) noexcept;

}  // namespace portico::fetch
