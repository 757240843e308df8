// SPDX-License-Identifier: Apache-2.0
// Writes one JSON object, member by member. Pure.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

namespace portico::auth {

class JsonObject {
 public:
  JsonObject() { writer_.StartObject(); }

  JsonObject& member(std::string_view name, std::string_view text) {
    key(name);
    value(text);
    return *this;
  }
  JsonObject& member(std::string_view name, std::int64_t number) {
    key(name);
    writer_.Int64(number);
    return *this;
  }
  JsonObject& member(std::string_view name, std::span<const std::string> texts) {
    key(name);
    writer_.StartArray();
    for (const std::string& text : texts) value(text);
    writer_.EndArray();
    return *this;
  }

  /// The whole text. Nothing is added after that.
  [[nodiscard]] std::string text() {
    writer_.EndObject();
    return {buffer_.GetString(), buffer_.GetSize()};
  }

 private:
  void key(std::string_view name) { writer_.Key(name.data(), size_of(name)); }
  void value(std::string_view text) { writer_.String(text.data(), size_of(text)); }
  static rapidjson::SizeType size_of(std::string_view text) {
    return static_cast<rapidjson::SizeType>(text.size());
  }

  rapidjson::StringBuffer buffer_;
  rapidjson::Writer<rapidjson::StringBuffer> writer_{buffer_};
};

}  // namespace portico::auth
