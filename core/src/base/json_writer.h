// SPDX-License-Identifier: Apache-2.0
// Appends JSON to a string: commas, quotes and indentation are its business, the order of calls is
// the caller's. Everything that comes out is valid UTF-8: bytes that are not become U+FFFD, and
// U+2028 and U+2029 are escaped, so that the text may stand in a script.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace portico::base {

/// Appends `text` as a JSON string, with its quotes.
void append_json_string(std::string& out, std::string_view text);

class JsonWriter {
 public:
  /// Indented: two blanks a level and one member a line, for people.
  enum class Layout : std::uint8_t { Compact, Indented };

  explicit JsonWriter(std::string& out, Layout layout = Layout::Compact) noexcept
      : out_(out), layout_(layout) {}

  JsonWriter& begin_object();
  JsonWriter& end_object();
  JsonWriter& begin_array();
  JsonWriter& end_array();
  /// In an object, before each value.
  JsonWriter& key(std::string_view name);

  JsonWriter& value(std::string_view text);
  JsonWriter& value(const char* text) { return value(std::string_view(text)); }
  JsonWriter& value(
      double number);  ///< Shortest text that reads back the same; null unless finite.
  JsonWriter& null();
  /// `text` is JSON already.
  JsonWriter& raw(std::string_view text);
  template <std::integral T>
  JsonWriter& value(T number) {
    if constexpr (std::same_as<T, bool>) {
      return raw(number ? "true" : "false");
    } else if constexpr (std::is_signed_v<T>) {
      return integer(static_cast<std::int64_t>(number));
    } else {
      return natural(static_cast<std::uint64_t>(number));
    }
  }

  template <class T>
  JsonWriter& member(std::string_view name, const T& its_value) {
    key(name);
    return value(its_value);
  }

 private:
  JsonWriter& integer(std::int64_t number);
  JsonWriter& natural(std::uint64_t number);
  void open(char bracket);
  void close(char bracket);
  void before_value();
  void new_line();

  std::string& out_;
  Layout layout_;
  bool after_key_ = false;
  std::vector<bool> has_members_;  // One for each open object or array.
};

}  // namespace portico::base
