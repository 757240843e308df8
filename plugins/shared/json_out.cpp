// SPDX-License-Identifier: Apache-2.0
#include "shared/json_out.h"

namespace portico {
inline namespace shared {
namespace {

rapidjson::SizeType size_of(std::string_view text) {
  return static_cast<rapidjson::SizeType>(text.size());
}

}  // namespace

JsonOut& JsonOut::begin_object() {
  writer_.StartObject();
  return *this;
}

JsonOut& JsonOut::end_object() {
  writer_.EndObject();
  return *this;
}

JsonOut& JsonOut::begin_list() {
  writer_.StartArray();
  return *this;
}

JsonOut& JsonOut::end_list() {
  writer_.EndArray();
  return *this;
}

JsonOut& JsonOut::key(std::string_view name) {
  writer_.Key(name.data(), size_of(name));
  return *this;
}

JsonOut& JsonOut::value(std::string_view text) {
  writer_.String(text.data(), size_of(text));
  return *this;
}

JsonOut& JsonOut::member(std::string_view name, std::string_view text) {
  return key(name).value(text);
}

JsonOut& JsonOut::member(std::string_view name, std::int64_t number) {
  key(name);
  writer_.Int64(number);
  return *this;
}

JsonOut& JsonOut::member(std::string_view name, bool flag) {
  key(name);
  writer_.Bool(flag);
  return *this;
}

JsonOut& JsonOut::member(std::string_view name, std::span<const std::string> texts) {
  key(name).begin_list();
  for (const std::string& text : texts) value(text);
  return end_list();
}

JsonOut& JsonOut::json_member(std::string_view name, std::string_view json) {
  if (json.empty()) return *this;
  key(name);
  writer_.RawValue(json.data(), json.size(), rapidjson::kObjectType);
  return *this;
}

JsonOut& JsonOut::text_member(std::string_view name, std::string_view text) {
  return text.empty() ? *this : member(name, text);
}

}  // namespace shared
}  // namespace portico
