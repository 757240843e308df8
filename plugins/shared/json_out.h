// SPDX-License-Identifier: Apache-2.0
// Writes JSON, piece by piece, for answers that have JSON of others in them. Of one thread.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

namespace portico {
inline namespace shared {

class JsonOut {
 public:
  JsonOut& begin_object();
  JsonOut& end_object();
  JsonOut& begin_list();
  JsonOut& end_list();
  JsonOut& key(std::string_view name);
  JsonOut& value(std::string_view text);

  JsonOut& member(std::string_view name, std::string_view text);
  JsonOut& member(std::string_view name, const char* text) {
    return member(name, std::string_view(text));
  }
  JsonOut& member(std::string_view name, std::int64_t number);
  JsonOut& member(std::string_view name, bool flag);
  JsonOut& member(std::string_view name, std::span<const std::string> texts);
  /// JSON as it is; nothing at all where it is empty.
  JsonOut& json_member(std::string_view name, std::string_view json);
  /// Nothing at all where it is empty.
  JsonOut& text_member(std::string_view name, std::string_view text);

  [[nodiscard]] std::string_view text() const { return {buffer_.GetString(), buffer_.GetSize()}; }

 private:
  rapidjson::StringBuffer buffer_;
  rapidjson::Writer<rapidjson::StringBuffer> writer_{buffer_};
};

}  // namespace shared
}  // namespace portico
