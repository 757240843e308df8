// SPDX-License-Identifier: Apache-2.0
#include "services/events/event_text.h"

#include "base/json_writer.h"
#include "base/text.h"

#include <stdexcept>

namespace portico::services {
namespace {

[[nodiscard]] bool is_name(std::string_view name) noexcept {
  bool word = false;
  for (const char c : name) {
    const bool letter = (c >= 'a' && c <= 'z') || base::is_digit(c) || c == '_';
    if (!letter && (c != '.' || !word)) return false;
    word = letter;
  }
  return word;
}

}  // namespace

void check_event_name(std::string_view name) {
  if (is_name(name)) return;
  throw std::invalid_argument("not the name of an event: \"" + base::escape_control(name) + '"');
}

bool is_event_pattern(std::string_view pattern) noexcept {
  if (pattern == "*") return true;
  if (pattern.ends_with(".*")) pattern.remove_suffix(2);
  return is_name(pattern);
}

bool matches_event(std::string_view pattern, std::string_view name) noexcept {
  if (!pattern.ends_with('*')) return pattern == name;
  return name.starts_with(pattern.substr(0, pattern.size() - 1));
}

std::string event_data(std::initializer_list<EventField> data) {
  std::string text;
  base::JsonWriter json(text);
  json.begin_object();
  for (const EventField& field : data) json.member(field.name, field.value);
  json.end_object();
  return text;
}

}  // namespace portico::services
