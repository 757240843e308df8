// SPDX-License-Identifier: Apache-2.0
// Any described struct as JSON, in the texts that the file uses: durations and amounts with their
// units. Secrets come out as "***", passwords in URLs too. The nodes that core keeps for later
// (Kind::Raw) are left out: they are printed by the schema of the plugin that they belong to.
//
// detail::write_json, the SDK's JSON of a response body, is `print` with Absent::Omitted. Its text
// lives in the memory of the request being served; where none is served, in a buffer of the thread
// that the next call on that thread reuses.
#pragma once

#include "base/json_writer.h"
#include "config/schema_model.h"

#include <cstdint>

namespace portico::config {

/// What becomes of an empty std::optional.
enum class Absent : std::uint8_t { Null, Omitted };

void print(const detail::ObjectSchema& schema, const void* object, base::JsonWriter& writer,
           Absent absent = Absent::Null);

/// The value of one field of `object`. Requires a field that is not Raw.
void print_field(const detail::FieldSchema& field, const void* object, base::JsonWriter& writer,
                 Absent absent = Absent::Null);

template <Described T>
void print(const T& object, base::JsonWriter& writer, Absent absent = Absent::Null) {
  print(detail::schema_of<T>(), &object, writer, absent);
}

}  // namespace portico::config
