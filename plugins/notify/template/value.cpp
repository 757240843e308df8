// SPDX-License-Identifier: Apache-2.0
#include "template/value.h"

#include <array>
#include <charconv>

namespace portico::notify {
namespace {

template <class Number>
std::string digits_of(Number number) {
  std::array<char, 32> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  return {digits.data(), end};
}

struct Holds {
  bool operator()(std::monostate /*nothing*/) const noexcept { return false; }
  bool operator()(bool truth) const noexcept { return truth; }
  bool operator()(std::int64_t number) const noexcept { return number != 0; }
  bool operator()(double number) const noexcept { return number < 0 || number > 0; }
  bool operator()(const std::string& text) const noexcept { return !text.empty(); }
  bool operator()(const Value::List& list) const noexcept { return !list.empty(); }
  bool operator()(const Value::Map& /*map*/) const noexcept { return true; }
};

struct Printed {
  std::string operator()(bool truth) const { return truth ? "true" : "false"; }
  std::string operator()(std::int64_t number) const { return digits_of(number); }
  std::string operator()(double number) const { return digits_of(number); }
  std::string operator()(const std::string& text) const { return text; }
  template <class Other>
  std::string operator()(const Other& /*not plain*/) const {
    return {};
  }
};

}  // namespace

bool Value::is_nothing() const noexcept { return std::holds_alternative<std::monostate>(what_); }

const std::string* Value::text() const noexcept { return std::get_if<std::string>(&what_); }

const Value::List* Value::list() const noexcept { return std::get_if<List>(&what_); }

const Value::Map* Value::map() const noexcept { return std::get_if<Map>(&what_); }

const Value* Value::member(std::string_view name) const noexcept {
  const Map* const members = map();
  if (members == nullptr) return nullptr;
  const auto found = members->find(name);
  return found == members->end() ? nullptr : &found->second;
}

bool Value::holds() const noexcept { return std::visit(Holds{}, what_); }

bool Value::is_plain() const noexcept { return !is_nothing() && !list() && !map(); }

std::string Value::printed() const { return std::visit(Printed{}, what_); }

}  // namespace portico::notify
