// SPDX-License-Identifier: Apache-2.0
// How events are written, in this process and where they are kept.
#pragma once

#include <portico/events.h>

#include <initializer_list>
#include <string>
#include <string_view>

namespace portico::services {

/// Throws std::invalid_argument unless it is words of small letters, digits and '_', joined by
/// dots.
void check_event_name(std::string_view name);
/// A name, or the beginning of names: "upstream.*", "*".
[[nodiscard]] bool is_event_pattern(std::string_view pattern) noexcept;
[[nodiscard]] bool matches_event(std::string_view pattern, std::string_view name) noexcept;
/// A JSON object.
[[nodiscard]] std::string event_data(std::initializer_list<EventField> data);

}  // namespace portico::services
