// SPDX-License-Identifier: Apache-2.0
#include "config/dump.h"

#include "config/units.h"
#include <portico/http.h>

#include <cstring>
#include <limits>

namespace portico {
namespace config {
namespace {

using base::JsonWriter;
using detail::FieldSchema;
using detail::Kind;
using detail::Type;

constexpr std::string_view Stars = "***";

class Dump {
 public:
  Dump(JsonWriter& writer, Absent absent) noexcept : writer_(writer), absent_(absent) {}

  void object(const detail::ObjectSchema& schema, const void* object) {
    writer_.begin_object();
    for (const FieldSchema& field : schema.fields()) {
      const void* place = field.place_in(object);
      if (left_out(field, place)) continue;
      writer_.key(field.name);
      member(field, place);
    }
    writer_.end_object();
  }

  void member(const FieldSchema& field, const void* place) {
    if (field.hidden) {
      writer_.value(Stars);
    } else {
      value(field, *field.type, place);
    }
  }

 private:
  bool left_out(const FieldSchema& field, const void* place) const {
    if (field.inner == Kind::Raw) return true;
    return absent_ == Absent::Omitted && field.type->kind == Kind::Optional &&
           field.type->count(place) == 0;
  }

  void value(const FieldSchema& field, const Type& type, const void* place) {
    switch (type.kind) {
      case Kind::Object: return object(type.object(), place);
      case Kind::Optional: return optional(field, type, place);
      case Kind::List: return list(field, type, place);
      case Kind::Map: return map(field, type, place);
      default: return scalar(field, type, place);
    }
  }

  void optional(const FieldSchema& field, const Type& type, const void* place) {
    std::string_view no_key;
    if (type.count(place) == 0) {
      writer_.null();
    } else {
      value(field, *type.element, type.at(place, 0, &no_key));
    }
  }

  void list(const FieldSchema& field, const Type& type, const void* place) {
    writer_.begin_array();
    const std::size_t count = type.count(place);
    std::string_view no_key;
    for (std::size_t i = 0; i < count; ++i) {
      value(field, *type.element, type.at(place, i, &no_key));
    }
    writer_.end_array();
  }

  void map(const FieldSchema& field, const Type& type, const void* place) {
    writer_.begin_object();
    const std::size_t count = type.count(place);
    for (std::size_t i = 0; i < count; ++i) {
      std::string_view key;
      const void* element = type.at(place, i, &key);
      writer_.key(key);
      value(field, *type.element, element);
    }
    writer_.end_object();
  }

  void scalar(const FieldSchema& field, const Type& type, const void* place) {
    switch (type.kind) {
      case Kind::Boolean: writer_.value(type.load_integer(place) != 0); return;
      case Kind::Integer: integer(type, place); return;
      case Kind::Real: writer_.value(type.load_real(place)); return;
      case Kind::Choice: writer_.value(field.word_of(type.load_integer(place))); return;
      case Kind::Duration:
        writer_.value(print_duration(std::chrono::nanoseconds(type.load_integer(place))));
        return;
      case Kind::Secret:
        writer_.value(static_cast<const Secret*>(place)->empty() ? "" : Stars);
        return;
      case Kind::Json: {
        const std::string& text = static_cast<const Json*>(place)->text;
        writer_.raw(text.empty() ? "null" : text);
        return;
      }
      default: text(type.kind, place);
    }
  }

  void integer(const Type& type, const void* place) {
    constexpr auto Most = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    const std::int64_t number = type.load_integer(place);
    if (type.highest > Most) {
      writer_.value(static_cast<std::uint64_t>(number));
    } else {
      writer_.value(number);
    }
  }

  void text(Kind kind, const void* place) {
    switch (kind) {
      case Kind::Text: writer_.value(*static_cast<const std::string*>(place)); return;
      case Kind::Bytes: writer_.value(print_bytes(*static_cast<const Bytes*>(place))); return;
      case Kind::Cidr: writer_.value(print_cidr(*static_cast<const Cidr*>(place))); return;
      case Kind::Url: writer_.value(static_cast<const Url*>(place)->masked()); return;
      case Kind::Origin: writer_.value(static_cast<const Origin*>(place)->text); return;
      case Kind::Template: writer_.value(static_cast<const Template*>(place)->source()); return;
      default: writer_.null();
    }
  }

  JsonWriter& writer_;
  Absent absent_;
};

}  // namespace

void print(const detail::ObjectSchema& schema, const void* object, JsonWriter& writer,
           Absent absent) {
  Dump(writer, absent).object(schema, object);
}

void print_field(const FieldSchema& field, const void* object, JsonWriter& writer, Absent absent) {
  Dump(writer, absent).member(field, field.place_in(object));
}

}  // namespace config

namespace detail {

std::string_view write_json(const ObjectSchema& schema, const void* object) {
  thread_local std::string buffer;
  buffer.clear();
  base::JsonWriter writer(buffer);
  config::print(schema, object, writer, config::Absent::Omitted);
  void* memory = request_memory(buffer.size(), 1);
  if (memory == nullptr) return buffer;
  const std::size_t size = buffer.size();
  std::memcpy(memory, buffer.data(), size);
  // One large answer must not stay with every thread that ever gave one.
  constexpr std::size_t Kept = 64 * 1024;
  if (buffer.capacity() > Kept) std::string().swap(buffer);
  return {static_cast<const char*>(memory), size};
}

}  // namespace detail
}  // namespace portico
