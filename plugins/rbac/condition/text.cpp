// SPDX-License-Identifier: Apache-2.0
#include "condition/text.h"

#include <array>
#include <charconv>
#include <cmath>

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

namespace portico::rbac::condition {
namespace {

/// The shortest that is read as this double, and as no integer.
std::string text_of_double(double number) {
  if (std::isnan(number)) return "\"NaN\"";
  if (std::isinf(number)) return number < 0 ? "\"-Infinity\"" : "\"Infinity\"";
  std::array<char, 32> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  std::string text(digits.data(), end);
  if (text.find_first_of(".e") == std::string::npos) text += ".0";
  return text;
}

class Writer {
 public:
  void node(const Nodes& nodes, std::uint32_t at) {
    json_.StartObject();
    const Node& node = nodes[at];
    if (std::holds_alternative<NotSo>(node.what)) {
      key("not");
      this->node(nodes, at + 1);
    } else if (std::holds_alternative<AllOf>(node.what) ||
               std::holds_alternative<AnyOf>(node.what)) {
      key(std::holds_alternative<AllOf>(node.what) ? "and" : "or");
      json_.StartArray();
      for (auto each = at + 1; each < node.end; each = nodes[each].end) this->node(nodes, each);
      json_.EndArray();
    } else {
      std::visit([this](const auto& leaf) { write(leaf); }, node.what);
    }
    json_.EndObject();
  }

  void value(const Value& value) {
    std::visit([this](const auto& plain) { scalar(plain); }, value);
  }

  [[nodiscard]] std::string text() const { return {buffer_.GetString(), buffer_.GetSize()}; }

 private:
  void key(std::string_view name) { json_.Key(name.data(), size_of(name)); }
  static rapidjson::SizeType size_of(std::string_view text) {
    return static_cast<rapidjson::SizeType>(text.size());
  }

  void scalar(std::monostate /*missing*/) { json_.Null(); }
  void scalar(bool truth) { json_.Bool(truth); }
  void scalar(std::int64_t number) { json_.Int64(number); }
  void scalar(double number) {
    const std::string text = text_of_double(number);
    json_.RawValue(text.data(), text.size(), rapidjson::kNumberType);
  }
  void scalar(std::string_view text) { json_.String(text.data(), size_of(text)); }

  void operand(const Attribute& attribute) { scalar(text_of(attribute)); }
  void operand(const Literal& literal) {
    const auto* const text = std::get_if<std::string>(&literal);
    const bool quoted = text != nullptr && begins_like_attribute(*text);
    if (quoted) {
      json_.StartObject();
      key("value");
    }
    value(value_of(literal));
    if (quoted) json_.EndObject();
  }
  void operand(const Operand& operand) {
    std::visit([this](const auto& either) { this->operand(either); }, operand);
  }

  void write(const AllOf& /*unused*/) {}
  void write(const AnyOf& /*unused*/) {}
  void write(const NotSo& /*unused*/) {}

  void write(const Comparison& leaf) {
    key(Comparison::Names[static_cast<std::size_t>(leaf.kind)]);
    pair(leaf.left, [&] { operand(leaf.right); });
  }

  void write(const Membership& leaf) {
    key("in");
    pair(leaf.attribute, [&] {
      json_.StartArray();
      for (const Literal& each : leaf.list) operand(each);
      json_.EndArray();
    });
  }

  void write(const Prefix& leaf) {
    key("prefix");
    pair(leaf.attribute, [&] { operand(leaf.prefix); });
  }

  void write(const Existence& leaf) {
    key("exists");
    operand(leaf.attribute);
  }

  void write(const Network& leaf) {
    key("cidr");
    pair(leaf.attribute, [&] {
      if (leaf.blocks.size() == 1) return scalar(text_of(leaf.blocks.front()));
      json_.StartArray();
      for (const Block& block : leaf.blocks) scalar(text_of(block));
      json_.EndArray();
    });
  }

  void write(const Hours& leaf) {
    key("between_time");
    json_.StartObject();
    key("from");
    scalar(text_of_minute(leaf.from));
    key("to");
    scalar(text_of_minute(leaf.to));
    offset(leaf.offset);
    json_.EndObject();
  }

  void write(const Weekdays& leaf) {
    key("weekday");
    json_.StartObject();
    key("days");
    json_.StartArray();
    for (int day = 0; day < 7; ++day) {
      if ((leaf.days >> static_cast<unsigned>(day) & 1U) != 0) scalar(name_of_weekday(day));
    }
    json_.EndArray();
    offset(leaf.offset);
    json_.EndObject();
  }

  void write(const Ownership& leaf) {
    key("owner");
    operand(leaf.attribute);
  }

  void offset(int minutes) {
    if (minutes == 0) return;
    key("offset");
    scalar(text_of_offset(minutes));
  }

  template <class Second>
  void pair(const Attribute& attribute, Second second) {
    json_.StartArray();
    operand(attribute);
    second();
    json_.EndArray();
  }

  rapidjson::StringBuffer buffer_;
  rapidjson::Writer<rapidjson::StringBuffer> json_{buffer_};
};

}  // namespace

std::string text_at(const Nodes& nodes, std::uint32_t at) {
  Writer writer;
  writer.node(nodes, at);
  return writer.text();
}

std::string text_of(const Value& value) {
  Writer writer;
  writer.value(value);
  return writer.text();
}

}  // namespace portico::rbac::condition
