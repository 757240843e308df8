// SPDX-License-Identifier: Apache-2.0
#include "unit/config/field_paths.h"

#include <algorithm>

namespace portico::config {
namespace {

using detail::Kind;

bool speaks_of(std::string_view path, std::string_view field) {
  while (!field.empty()) {
    if (field.starts_with('*')) {
      field.remove_prefix(1);
      path.remove_prefix(std::min(path.find_first_of(".["), path.size()));
    } else if (path.empty() || path[0] != field[0]) {
      return false;
    } else {
      field.remove_prefix(1);
      path.remove_prefix(1);
    }
  }
  return path.empty() || path[0] == '.' || path[0] == '[';
}

}  // namespace

void FieldPaths::add(const detail::ObjectSchema& schema, const std::string& path) {
  for (const detail::FieldSchema& field : schema.fields()) {
    const std::string below = path.empty() ? field.name : path + "." + field.name;
    paths_.push_back(below);
    value(*field.type, below);
  }
}

void FieldPaths::value(const detail::Type& type, const std::string& path) {
  if (type.kind == Kind::Object) add(type.object(), path);
  if (type.kind == Kind::Optional) value(*type.element, path);
  if (type.kind == Kind::List) value(*type.element, path + "[]");
  if (type.kind == Kind::Map) value(*type.element, path + ".*");
}

bool any_speaks_of(const std::set<std::string>& paths, std::string_view field) {
  return std::any_of(paths.begin(), paths.end(),
                     [field](const std::string& path) { return speaks_of(path, field); });
}

}  // namespace portico::config
