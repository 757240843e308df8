// SPDX-License-Identifier: Apache-2.0
// The settings in force, each with where it came from: a file's line, or the default. For people:
// one flat list, secrets masked as `print` masks them.
#pragma once

#include "base/json_writer.h"
#include "config/node.h"
#include "config/schema_model.h"

#include <span>
#include <string>
#include <string_view>

namespace portico::config {

/// Writes members "path", "value" and "from" of objects of an open array. `node` is what `object`
/// was bound from, null for nothing; `files` are those of its marks.
void print_origins(const detail::ObjectSchema& schema, const void* object, const Node* node,
                   std::string_view path, std::span<const std::string> files,
                   base::JsonWriter& writer);

/// "portico.yaml:12:5"; with " (environment)" or " (a file)" behind it where `${...}` was filled
/// in.
[[nodiscard]] std::string origin_of(const Node& node, std::span<const std::string> files);

}  // namespace portico::config
