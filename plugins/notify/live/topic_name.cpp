// SPDX-License-Identifier: Apache-2.0
#include "live/topic_name.h"

#include <algorithm>

namespace portico::notify {
namespace {

constexpr std::size_t MostTopic = 100;
constexpr std::size_t MostEvent = 64;
constexpr std::size_t MostSubject = 255;

constexpr bool is_word_character(char c) noexcept {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

constexpr bool is_event_character(char c) noexcept {
  return is_word_character(c) || (c >= 'A' && c <= 'Z') || c == '.' || c == ':';
}

}  // namespace

bool is_topic(std::string_view text) noexcept {
  if (text.size() > MostTopic) return false;
  bool in_word = false;
  for (const char c : text) {
    if (c != '.' && !is_word_character(c)) return false;
    if (c == '.' && !in_word) return false;
    in_word = c != '.';
  }
  return in_word;
}

bool is_of_a_user(std::string_view topic) noexcept { return topic.starts_with("user."); }

bool is_event_name(std::string_view text) noexcept {
  return !text.empty() && text.size() <= MostEvent && std::ranges::all_of(text, is_event_character);
}

bool is_subject(std::string_view text) noexcept {
  return !text.empty() && text.size() <= MostSubject &&
         std::ranges::all_of(text, [](char c) { return c > ' ' && c <= '~'; });
}

}  // namespace portico::notify
