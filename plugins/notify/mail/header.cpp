// SPDX-License-Identifier: Apache-2.0
#include "mail/header.h"

#include "mail/characters.h"
#include "mail/encoded_words.h"
#include "mail/one_line.h"

#include <algorithm>
#include <stdexcept>

namespace portico::notify::mail {
namespace {

constexpr std::size_t MostName = 40;
constexpr std::size_t MostValue = 4096;
constexpr std::size_t MostLine = 998;  // RFC 5322, 2.1.1.

/// Fields that say who sent what to whom and how it is to be read.
constexpr std::string_view Reserved =
    " apparently-to auto-submitted bcc cc date delivered-to from list-unsubscribe"
    " list-unsubscribe-post message-id mime-version received reply-to return-path sender subject to"
    " x-original-to ";

[[noreturn]] void refuse(std::string_view name, std::string_view why) {
  throw std::invalid_argument(std::string(name).append(": ").append(why));
}

void check(std::string_view name, std::string_view value) {
  if (value.size() > MostValue) refuse(name, "the value is too long.");
  if (!is_one_line(value)) refuse(name, "the value is not one line of UTF-8.");
}

bool is_reserved(std::string_view name) {
  std::string word = " ";
  for (const char c : name) word += lower(c);
  return word.starts_with(" content-") || word.starts_with(" resent-") ||
         Reserved.find(word + " ") != std::string_view::npos;
}

bool is_field_name(std::string_view name) {
  return !name.empty() && name.size() <= MostName && is_letter(name.front()) &&
         std::ranges::all_of(name, [](char c) { return c == '-' || is_letter(c) || is_digit(c); });
}

}  // namespace

void Header::line(std::string_view name, std::string_view value) {
  if (!std::ranges::all_of(value, is_printable)) refuse(name, "the value is not ASCII.");
  if (name.size() + 2 + value.size() > MostLine) refuse(name, "the value is too long.");
  bytes_.append(name).append(": ").append(value).append("\r\n");
}

void Header::text(std::string_view name, std::string_view value) {
  check(name, value);
  bytes_.append(name).append(": ").append(unstructured(value, name.size() + 2)).append("\r\n");
}

void Header::mailbox(std::string_view name, std::string_view display, const Address& address) {
  check(name, display);
  std::string field = std::string(name) + ": ";
  if (display.empty()) {
    field += address.text();
  } else {
    field += phrase(display, field.size());
    const std::size_t line = field.rfind('\n');
    const std::size_t column = field.size() - (line == std::string::npos ? 0 : line + 1);
    field += column + address.text().size() + 3 > MostHeaderLine ? "\r\n <" : " <";
    field.append(address.text()).append(">");
  }
  bytes_.append(field).append("\r\n");
}

void Header::custom(std::string_view name, std::string_view value) {
  if (!is_field_name(name)) throw std::invalid_argument("A header field has no good name.");
  if (is_reserved(name)) refuse(name, "this field is not free.");
  text(name, value);
}

}  // namespace portico::notify::mail
