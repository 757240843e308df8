// SPDX-License-Identifier: Apache-2.0
// What a template is filled in with: a small tree of texts, numbers, truths, lists and maps. All of
// it is data: nothing in it is ever read as a tag. Values, any thread.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace portico::notify {

class Value {
 public:
  using List = std::vector<Value>;
  using Map = std::map<std::string, Value, std::less<>>;

  /// Nothing: as good as missing.
  Value() = default;
  Value(std::string text) : what_(std::move(text)) {}
  Value(std::string_view text) : what_(std::string(text)) {}
  Value(const char* text) : what_(std::string(text)) {}
  Value(bool truth) : what_(truth) {}
  Value(std::int64_t number) : what_(number) {}
  Value(int number) : what_(std::int64_t{number}) {}
  Value(double number) : what_(number) {}
  Value(List list) : what_(std::move(list)) {}
  Value(Map map) : what_(std::move(map)) {}

  [[nodiscard]] bool is_nothing() const noexcept;
  [[nodiscard]] const std::string* text() const noexcept;
  [[nodiscard]] const List* list() const noexcept;
  [[nodiscard]] const Map* map() const noexcept;
  /// Null where it is no map, or one without that member.
  [[nodiscard]] const Value* member(std::string_view name) const noexcept;

  /// Whether a section is rendered: not for nothing, false, 0, an empty text or an empty list.
  [[nodiscard]] bool holds() const noexcept;
  /// Whether it can be printed: a text, a number or a truth.
  [[nodiscard]] bool is_plain() const noexcept;
  /// As it is printed, before any escaping; empty for what is not plain.
  [[nodiscard]] std::string printed() const;

  bool operator==(const Value&) const = default;

 private:
  std::variant<std::monostate, bool, std::int64_t, double, std::string, List, Map> what_;
};

}  // namespace portico::notify
