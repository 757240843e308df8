// SPDX-License-Identifier: Apache-2.0
// What the name service says of a name. `Found`, `NoSuchName` and `NoData` are statements about the
// name; after any other outcome nothing is known of it, and what was found last stays good.
#pragma once

#include <array>
#include <chrono>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace portico::loop::dns {

enum class Outcome : std::uint8_t {
  Found,
  NoSuchName,
  NoData,     ///< There is such a name, but nothing of the kind that was asked for.
  TimedOut,   ///< No server answered in time.
  Refused,    ///< Every server refused, failed, or was not there.
  Malformed,  ///< An answer that cannot be read.
  BadName,    ///< Nothing was asked: no name of a host or a service is written so.
};

/// For people: why there is no connection to what has that name.
[[nodiscard]] std::string_view sentence_of(Outcome outcome) noexcept;

/// IPv6; IPv4 as mapped.
using Address = std::array<std::uint8_t, 16>;

/// One SRV record.
struct Service {
  std::uint16_t priority = 0;
  std::uint16_t weight = 0;
  std::uint16_t port = 0;
  std::string target;  ///< In lower case, complete, without the last dot.

  friend auto operator<=>(const Service&, const Service&) = default;
};

/// More than this of one answer is left out.
inline constexpr std::size_t MostRecords = 256;

template <class T>
struct Answer {
  Outcome outcome = Outcome::TimedOut;
  /// The smallest of all records on the way. Zero for what a file says, which may change any time.
  std::chrono::seconds ttl{0};
  /// In order, each once, so that two answers can be compared. Empty unless `Found`.
  std::vector<T> found;
};

using Addresses = Answer<Address>;
using Services = Answer<Service>;

}  // namespace portico::loop::dns
