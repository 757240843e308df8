// SPDX-License-Identifier: Apache-2.0
#include "http/query.h"

#include "base/hex.h"
#include "base/text.h"

namespace portico::http {

namespace {

/// Takes one character off the front of `text`, which is not empty, and decodes it.
char take_decoded(std::string_view& text) noexcept {
  const char c = text.front();
  if (c == '%' && text.size() > 2) {
    const int high = base::hex_value(text[1]);
    const int low = base::hex_value(text[2]);
    if (high >= 0 && low >= 0) {
      text.remove_prefix(3);
      return static_cast<char>(high * 16 + low);
    }
  }
  text.remove_prefix(1);
  return c == '+' ? ' ' : c;
}

std::string_view decode(std::string_view text, base::Arena& arena) {
  if (text.find_first_of("%+") == std::string_view::npos) return text;
  char* const decoded = arena.array<char>(text.size());
  std::size_t size = 0;
  while (!text.empty()) decoded[size++] = take_decoded(text);
  return {decoded, size};
}

/// Whether `text` is `name` once it is decoded. Keys are many and mostly others: none is copied.
bool decodes_to(std::string_view text, std::string_view name) noexcept {
  while (!text.empty()) {
    if (name.empty() || take_decoded(text) != name.front()) return false;
    name.remove_prefix(1);
  }
  return name.empty();
}

/// Takes the text up to the separator off the front of `rest`.
std::string_view take(std::string_view& rest, char separator) noexcept {
  const std::size_t end = rest.find(separator);
  const std::string_view item = rest.substr(0, end);
  rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  return item;
}

/// Takes one cookie off the front: its value, where it has that name.
std::optional<std::string_view> take_cookie(std::string_view& cookies,
                                            std::string_view name) noexcept {
  std::string_view value = base::trim(take(cookies, ';'));
  if (value.find('=') == std::string_view::npos || take(value, '=') != name) return std::nullopt;
  if (value.size() >= 2 && value.front() == '"' && value.back() == '"') {
    value = value.substr(1, value.size() - 2);
  }
  return value;
}

}  // namespace

std::optional<std::string_view> find_query(std::string_view query, std::string_view name,
                                           base::Arena& arena) {
  while (!query.empty()) {
    std::string_view value = take(query, '&');
    const std::string_view key = take(value, '=');
    if (decodes_to(key, name)) return decode(value, arena);
  }
  return std::nullopt;
}

std::optional<std::string_view> find_cookie(std::string_view cookies,
                                            std::string_view name) noexcept {
  while (!cookies.empty()) {
    const auto value = take_cookie(cookies, name);
    if (value) return value;
  }
  return std::nullopt;
}

std::size_t count_cookies(std::string_view cookies, std::string_view name) noexcept {
  std::size_t count = 0;
  while (!cookies.empty()) count += take_cookie(cookies, name) ? 1 : 0;
  return count;
}

}  // namespace portico::http
