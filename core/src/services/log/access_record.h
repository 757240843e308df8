// SPDX-License-Identifier: Apache-2.0
// What the access log says of a request, and the two forms of a line. Whatever the client sent, a
// line has exactly one line end, no control character and no quote that could end a value. Values
// of Authorization and Cookie are no part of it, and the query's are shown as the mask allows, in
// Referer too: a page's address may carry the same tokens.
#pragma once

#include "services/log/query_mask.h"
#include "services/log/time_text.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace portico::services {

/// What is not known is empty.
struct AccessRecord {
  std::chrono::microseconds time{0};  ///< When it ended, since 1970.
  std::string_view request_id;
  std::string_view client;
  std::string_view method;
  std::string_view target;  ///< As received.
  std::string_view protocol;
  std::string_view host;
  unsigned status = 0;               ///< 0: no answer was begun.
  std::uint64_t bytes_received = 0;  ///< Of the whole messages.
  std::uint64_t bytes_sent = 0;
  std::uint64_t body_bytes_sent = 0;
  std::chrono::nanoseconds duration{0};
  std::string_view route;
  std::string_view user_agent;
  std::string_view referer;
  std::string_view ended;
  std::string_view error;     ///< The code of what no chain answered.
  std::string_view endpoint;  ///< Of the upstream that was asked last.
  unsigned tries = 0;         ///< How often one was asked; 0: the rest says nothing.
  std::chrono::nanoseconds upstream_duration{0};  ///< Of the last try, to its answer's head.
  std::string_view upstream_error;                ///< Why it failed.
};

/// No line is longer, its end included.
inline constexpr std::size_t MaxAccessLine = 16 * 1024;

enum class AccessFormat : std::uint8_t { Json, Combined };

/// How lines look; of one configuration. Immutable.
struct AccessForm {
  AccessFormat format = AccessFormat::Json;
  QueryMask mask;

  /// The size of the line. Requires room for MaxAccessLine bytes.
  [[nodiscard]] std::size_t write(const AccessRecord& record, TimeText& time,
                                  std::span<char> room) const noexcept;
};

}  // namespace portico::services
