// SPDX-License-Identifier: Apache-2.0
#include "jose/json.h"

#include "jose/utf8.h"

#include <array>
#include <utility>

#include <rapidjson/reader.h>

namespace portico::auth {

/// Makes nodes of what RapidJSON's reader reports. A function that returns false stops the reader.
class Json::Builder {
 public:
  using Size = rapidjson::SizeType;

  explicit Builder(std::vector<Node>& nodes) noexcept : nodes_(nodes) {}

  // NOLINTBEGIN(readability-identifier-naming): the names that RapidJSON calls.
  bool Null() { return add({.kind = Kind::Null}); }
  bool Bool(bool /*value*/) { return add({.kind = Kind::Bool}); }
  bool Int(int /*negative*/) { return add({.kind = Kind::Number}); }
  bool Uint(unsigned value) { return Uint64(value); }
  bool Int64(std::int64_t /*negative*/) { return add({.kind = Kind::Number}); }
  bool Uint64(std::uint64_t value) { return add({.integer = value, .kind = Kind::Integer}); }
  bool Double(double /*value*/) { return add({.kind = Kind::Number}); }
  bool RawNumber(const char* /*digits*/, Size /*length*/, bool /*copy*/) { return false; }
  bool String(const char* text, Size length, bool /*copy*/) {
    const std::string_view value(text, length);
    return is_text(value) && add({.text = value, .kind = Kind::Text});
  }
  bool Key(const char* text, Size length, bool /*copy*/) {
    key_ = {text, length};
    return is_text(key_) && is_new(key_);
  }
  bool StartObject() { return open(Kind::Object); }
  bool EndObject(Size /*members*/) { return close(); }
  bool StartArray() { return open(Kind::Array); }
  bool EndArray(Size /*elements*/) { return close(); }
  // NOLINTEND(readability-identifier-naming)

 private:
  struct Container {
    std::uint32_t node = 0;
    std::uint32_t last = 0;  // Its latest child; 0: none yet.
    std::uint32_t members = 0;
  };

  bool add(Node node) {
    node.key = std::exchange(key_, {});
    const auto index = static_cast<std::uint32_t>(nodes_.size());
    nodes_.push_back(node);
    if (depth_ == 0) return true;
    Container& parent = open_[depth_ - 1];
    (parent.last == 0 ? nodes_[parent.node].first : nodes_[parent.last].next) = index;
    parent.last = index;
    return true;
  }

  bool open(Kind kind) {
    if (depth_ == MostDepth) return false;
    add({.kind = kind});
    open_[depth_++] = {.node = static_cast<std::uint32_t>(nodes_.size() - 1)};
    return true;
  }

  bool close() noexcept {
    --depth_;
    return true;
  }

  // Each name is compared with all before it: cheap up to the bound, which keeps it so.
  bool is_new(std::string_view key) noexcept {
    Container& object = open_[depth_ - 1];
    if (++object.members > MostMembers) return false;
    for (std::uint32_t at = nodes_[object.node].first; at != 0; at = nodes_[at].next) {
      if (nodes_[at].key == key) return false;
    }
    return true;
  }

  std::vector<Node>& nodes_;
  std::string_view key_;
  std::array<Container, MostDepth> open_{};
  std::size_t depth_ = 0;
};

std::optional<std::string_view> Json::Value::text() const noexcept {
  if (kind() != Kind::Text) return std::nullopt;
  return node().text;
}

std::optional<std::uint64_t> Json::Value::integer() const noexcept {
  if (kind() != Kind::Integer) return std::nullopt;
  return node().integer;
}

std::optional<Json::Value> Json::Value::member(std::string_view name) const noexcept {
  if (kind() != Kind::Object) return std::nullopt;
  for (const Value each : *this) {
    if (each.key() == name) return each;
  }
  return std::nullopt;
}

std::optional<Json> Json::object(std::string_view text) {
  // RapidJSON takes a NUL for the end of the text, and would not look at what follows.
  if (text.find('\0') != std::string_view::npos) return std::nullopt;
  constexpr std::size_t UsualNodes = 24;
  Json json;
  json.text_.reserve(text.size() + 1);
  json.text_.assign(text.begin(), text.end());
  json.text_.push_back('\0');
  json.nodes_.reserve(UsualNodes);
  rapidjson::InsituStringStream stream(json.text_.data());
  rapidjson::Reader reader;
  Builder builder(json.nodes_);
  // By recursion, which the builder ends at MostDepth.
  if (reader.Parse<rapidjson::kParseInsituFlag>(stream, builder).IsError()) return std::nullopt;
  if (json.root().kind() != Kind::Object) return std::nullopt;
  return json;
}

}  // namespace portico::auth
