// SPDX-License-Identifier: Apache-2.0
// Reads the answers of name servers, whom nobody has to believe: every length is checked, and what
// cannot be read is `Malformed` as a whole. Only records that belong to the name that was asked
// for, by way of its aliases, count.
#pragma once

#include "loop/dns/answer.h"

#include <cstdint>
#include <span>

namespace portico::loop::dns {

enum class RecordType : std::uint16_t { A = 1, Alias = 5, Aaaa = 28, Service = 33 };

/// `Found`, `NoData` or `Malformed`; in the message's order.
[[nodiscard]] Addresses read_addresses(std::span<const std::uint8_t> message, RecordType type);
[[nodiscard]] Services read_services(std::span<const std::uint8_t> message);

}  // namespace portico::loop::dns
