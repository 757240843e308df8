// SPDX-License-Identifier: Apache-2.0
// JSON Schema (draft 2020-12), made from describe(): of the whole file, for editors and for tools
// that write it, and of one struct, for request and response bodies. Whatever the binder accepts
// the schema accepts; what only a rule or a unit can tell (a burst below its limit) is in the
// descriptions. In a file `${...}` may stand wherever a scalar does.
#pragma once

#include "config/binder.h"
#include "config/schema_model.h"

#include <map>
#include <span>
#include <string>
#include <string_view>

namespace portico::config {

/// What a plugin adds to the file. Core's own terminals come as a plugin without a name.
struct PluginSchema {
  using Schemas = std::map<std::string, const detail::ObjectSchema*, std::less<>>;

  std::string name;
  const detail::ObjectSchema* config = nullptr;  ///< Null only without a name.
  Schemas middlewares;                           ///< By the name that `use` writes.
  Schemas terminals;                             ///< By key.
};

/// The structs that core binds the file with.
struct FileSchemas {
  const detail::ObjectSchema& settings;
  const detail::ObjectSchema& plugin_keys;   ///< Beside a plugin's own settings.
  const detail::ObjectSchema& use_siblings;  ///< Beside a middleware's key.
  const detail::ObjectSchema& route_keys;    ///< Beside a terminal's key.

  /// Those of settings.h and routes.h.
  static FileSchemas of_core();
};

/// Raw fields named `plugins`, `use` and `routes` are where the plugins' parts go. Indented, ends
/// with a line end.
[[nodiscard]] std::string file_schema(const FileSchemas& core,
                                      std::span<const PluginSchema> plugins);

/// Of a body: `notation` says whether numbers may be filled in and texts be plain.
[[nodiscard]] std::string object_schema(const detail::ObjectSchema& schema,
                                        Notation notation = Notation::Json);

}  // namespace portico::config
