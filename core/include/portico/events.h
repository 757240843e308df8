// SPDX-License-Identifier: Apache-2.0
// What has happened, for whoever wants to know: plugins publish, others listen, and neither knows
// of the other. An event of `Host::publish` is told to those who listen at that moment, in the
// order of publication, and to nobody later. What must not be lost is published within a
// transaction, and told to those who asked for it by `Jobs::on` (jobs.h).
#pragma once

#include <chrono>
#include <cstdint>
#include <string_view>

namespace portico {

/// One member of an event's data.
struct EventField {
  std::string_view name;
  std::string_view value;
};

struct Event {
  std::uint32_t size = sizeof(Event);
  std::string_view name;              ///< "upstream.down": words, joined by dots.
  std::string_view source;            ///< The plugin that published it.
  std::string_view data;              ///< A JSON object; as a type: `from_json<T>(event.data)`.
  std::chrono::microseconds time{0};  ///< Since 1970.
  // Of those that were published within a transaction:
  std::string_view id{};      ///< The same one each time that it is told.
  std::string_view key{};     ///< What it is about.
  std::uint32_t attempt = 0;  ///< From 1.
};

}  // namespace portico
