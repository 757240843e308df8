// SPDX-License-Identifier: Apache-2.0
// What has happened, for whoever wants to know: plugins publish, others listen, and neither knows
// of the other. An event is told to those who listen at that moment, in the order of publication,
// and to nobody later: what must not be lost does not belong here.
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
  std::string_view data;              ///< A JSON object.
  std::chrono::microseconds time{0};  ///< Since 1970.
};

}  // namespace portico
