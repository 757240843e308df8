// SPDX-License-Identifier: Apache-2.0
// An answer as it is kept, and as it is given again.
#pragma once

#include <portico/http.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace portico::sql {

struct KeptAnswer {
  std::int64_t code = 0;
  std::string headers;  ///< "Name: value", a line for each; a value may be any bytes.
  std::string body;
};

/// A larger body is not kept.
inline constexpr std::size_t LongestKeptBody = std::size_t{1} << 20U;

/// Nothing where it must not be kept: it says that the client may come again (408, 425, 429, 5xx),
/// sets a cookie, which is one caller's for one time, or is not all there yet.
[[nodiscard]] std::optional<KeptAnswer> keep(const Response& answer);

/// In the memory of the request that is served. Says that it is a replay.
[[nodiscard]] Response replay(const KeptAnswer& kept);

}  // namespace portico::sql
