// SPDX-License-Identifier: Apache-2.0
// A tree of nodes into a described struct, in place. The object must be freshly constructed: what
// the tree leaves out keeps its default. Every problem of the whole tree is added, with its place,
// its path and what to do; nothing is thrown for what a file or a client may contain.
//
// One binder serves files and request bodies. In JSON a text must be a string and a number a
// number, and paths are JSON pointers ("/items/0/name"); in YAML a plain scalar is text where text
// is wanted, a quoted one never is a number, and a list of one scalar may be written without its
// brackets. What `${NAME}` filled in is read by its content.
#pragma once

#include "config/node.h"
#include "config/problems.h"
#include "config/schema_model.h"

#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace portico::config {

enum class Notation : std::uint8_t { Yaml, Json };

/// A value that makes sense only behind a middleware that gives `fact` (Field::needs).
struct NeededFact {
  std::string fact;
  std::string path;   ///< Of the field.
  std::string value;  ///< The word that needs it: "user", or the template's text.
  Mark mark;
};

using Names = std::set<std::string, std::less<>>;

struct BindContext {
  Problems& problems;
  Notation notation = Notation::Yaml;
  /// The names that `{path.NAME}` may use in a template; null: any.
  const Names* path_params = nullptr;
  /// Where fields marked `inherit` look when the tree has no value for them: the plugin's settings.
  /// Both or none.
  const void* parent = nullptr;
  const detail::ObjectSchema* parent_schema = nullptr;
  /// Out: what was bound needs these. Inherited values and defaults count too.
  std::vector<NeededFact> needs{};
};

/// False when an error was added. `path` is what problems call the root ("plugins.cors"; "" for a
/// body).
bool bind_object(const Node& node, const detail::ObjectSchema& schema, void* object,
                 std::string_view path, BindContext& context);

template <Described T>
bool bind(const Node& node, T& object, std::string_view path, BindContext& context) {
  return bind_object(node, detail::schema_of<T>(), &object, path, context);
}

}  // namespace portico::config
