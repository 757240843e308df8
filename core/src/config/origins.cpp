// SPDX-License-Identifier: Apache-2.0
#include "config/origins.h"

#include "config/dump.h"
#include "config/problems.h"

namespace portico::config {
namespace {

using detail::FieldSchema;
using detail::Kind;
using detail::ObjectSchema;
using detail::Type;

class Origins {
 public:
  Origins(std::span<const std::string> files, base::JsonWriter& writer)
      : files_(files), writer_(writer) {}

  void object(const ObjectSchema& schema, const void* object, const Node* node,
              const std::string& path) {
    // Where one value stands for the whole, it is that field's.
    const bool short_form = node != nullptr && !node->is_map() && !node->is_null();
    for (const FieldSchema& field : schema.fields()) {
      const std::string below = path.empty() ? field.name : child_path(path, field.name);
      const void* place = field.place_in(object);
      const Node* own = node == nullptr ? nullptr : node->find(field.name);
      if (short_form && schema.shorthand() == &field) own = node;
      if (field.inner == Kind::Raw) continue;
      if (field.inner == Kind::Object && !field.hidden) {
        structured(*field.type, place, own, below);
      } else {
        leaf(field, object, own, below);
      }
    }
  }

 private:
  /// Of structs, in whatever optionals, lists and maps.
  void structured(const Type& type, const void* place, const Node* node, const std::string& path) {
    if (type.kind == Kind::Object) return object(type.object(), place, node, path);
    const std::size_t count = type.count(place);
    for (std::size_t i = 0; i < count; ++i) {
      std::string_view key;
      const void* element = type.at(place, i, &key);
      if (type.kind == Kind::Optional) {
        structured(*type.element, element, node, path);
      } else if (type.kind == Kind::Map) {
        const Node* own = node == nullptr ? nullptr : node->find(key);
        structured(*type.element, element, own, child_path(path, key));
      } else {
        const Node* own = node;
        if (node != nullptr && node->is_list()) {
          own = i < node->items().size() ? &node->item(i) : nullptr;
        }
        structured(*type.element, element, own, item_path(path, i));
      }
    }
  }

  void leaf(const FieldSchema& field, const void* object, const Node* node,
            const std::string& path) {
    writer_.begin_object().member("path", std::string_view(path)).key("value");
    print_field(field, object, writer_);
    const bool written = node != nullptr && !node->is_null() && node->mark().line != 0;
    const std::string from = written ? origin_of(*node, files_) : "default";
    writer_.member("from", std::string_view(from)).end_object();
  }

  std::span<const std::string> files_;
  base::JsonWriter& writer_;
};

}  // namespace

std::string origin_of(const Node& node, std::span<const std::string> files) {
  const Mark mark = node.mark();
  const bool named = mark.file != 0 && mark.file <= files.size();
  std::string text = named ? files[mark.file - 1] : std::string("?");
  text += ':' + std::to_string(mark.line) + ':' + std::to_string(mark.column);
  if (node.source() == Node::Source::Environment) text += " (environment)";
  if (node.source() == Node::Source::File) text += " (a file)";
  return text;
}

void print_origins(const ObjectSchema& schema, const void* object, const Node* node,
                   std::string_view path, std::span<const std::string> files,
                   base::JsonWriter& writer) {
  Origins(files, writer).object(schema, object, node, std::string(path));
}

}  // namespace portico::config
