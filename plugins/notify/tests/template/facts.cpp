// SPDX-License-Identifier: Apache-2.0
#include "tests/template/facts.h"

#include <array>
#include <utility>
#include <variant>

#include <gtest/gtest.h>

namespace portico::notify::test {
namespace {

constexpr std::array<std::string_view, 10> Kinds{
    "missing", "not plain", "no partial", "no block",    "recursion",
    "deep",    "long",      "work",       "no template", "no mail"};

}  // namespace

Table& Table::add(std::string_view key, std::string_view source) {
  templates_.insert_or_assign(std::string(key), parsed(source, escape_));
  return *this;
}

const Template* Table::find(std::string_view key, Escape /*escape*/) const {
  const auto found = templates_.find(key);
  return found == templates_.end() ? nullptr : &found->second;
}

Template parsed(std::string_view source, Escape escape) {
  auto result = Template::parse(source, escape);
  if (const auto* const fault = std::get_if<TemplateFault>(&result)) {
    ADD_FAILURE() << source.substr(0, 200) << "\n" << fault->sentence;
    return std::get<Template>(Template::parse("", escape));
  }
  return std::get<Template>(std::move(result));
}

Value data(std::string_view json) {
  auto result = read_json(json);
  if (const auto* const fault = std::get_if<JsonFault>(&result)) {
    ADD_FAILURE() << json.substr(0, 200) << "\n" << fault->sentence;
    return Value::Map();
  }
  return std::get<Value>(std::move(result));
}

std::string fault_of(std::string_view source, Escape escape) {
  const auto result = Template::parse(source, escape);
  const auto* const fault = std::get_if<TemplateFault>(&result);
  if (fault == nullptr) return {};
  return std::to_string(fault->line) + ':' + std::to_string(fault->column) + ' ' + fault->sentence;
}

std::string sentence_of(std::string_view source, Escape escape) {
  const std::string fault = fault_of(source, escape);
  return fault.empty() ? fault : fault.substr(fault.find(' ') + 1);
}

std::string made(const Template& source, const Value& value, const Partials& partials) {
  const auto result = render(source, value, partials);
  if (const auto* const fault = std::get_if<RenderFault>(&result)) {
    return '!' + std::string(Kinds.at(static_cast<std::size_t>(fault->kind))) + ' ' + fault->name +
           ": " + fault->sentence;
  }
  return std::get<std::string>(result);
}

std::string html(std::string_view source, std::string_view json, const Partials& partials) {
  return made(parsed(source, Escape::Html), data(json), partials);
}

std::string text(std::string_view source, std::string_view json, const Partials& partials) {
  return made(parsed(source, Escape::Text), data(json), partials);
}

std::string line(std::string_view source, std::string_view json, const Partials& partials) {
  return made(parsed(source, Escape::Line), data(json), partials);
}

}  // namespace portico::notify::test
