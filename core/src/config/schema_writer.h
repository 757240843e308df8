// SPDX-License-Identifier: Apache-2.0
// Writes described structs as JSON Schema; the part of schema_json that knows nothing of files.
// Structs within structs become `$defs`, each once, so that recursion ends.
#pragma once

#include "base/json_writer.h"
#include "config/binder.h"
#include "config/schema_model.h"

#include <deque>
#include <functional>
#include <initializer_list>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace portico::config {

class SchemaWriter {
 public:
  SchemaWriter(base::JsonWriter& json, Notation notation) noexcept
      : json_(json), notation_(notation) {}

  /// What stands for a Raw field of that name: the definition it refers to. Others accept anything.
  void refer_raw(std::string_view field, std::string_view definition);
  /// Keeps a name from being given to a struct.
  void reserve(std::string_view definition) { taken_.emplace(definition); }

  /// The members of one schema object that accepts the struct, its shorthand too.
  void object(const detail::ObjectSchema& schema, std::string_view path);
  /// A map with the fields of several structs; `last` may add to the open `properties`.
  void merged(std::initializer_list<const detail::ObjectSchema*> schemas, std::string_view path,
              const std::function<void()>& last = {});
  /// {"$ref": ...} to the struct, which is defined by `definitions`.
  void reference(const detail::ObjectSchema& schema, std::string_view path);
  /// {"$ref": "#/$defs/name"}
  void reference(std::string_view definition);
  /// Every struct that was referred to and is not written yet, as members of the open `$defs`.
  void definitions();

 private:
  using Alternative = std::function<void()>;

  void field(const detail::FieldSchema& field, const void* defaults, std::string_view path);
  void describe(const detail::FieldSchema& field);
  void example(const detail::FieldSchema& field);
  void value(const detail::FieldSchema& field, const detail::Type& type, std::string_view path);
  void write(const std::vector<Alternative>& alternatives);
  void alternatives(const detail::FieldSchema& field, const detail::Type& type,
                    std::string_view path, std::vector<Alternative>& out);
  void container(const detail::FieldSchema& field, const detail::Type& type, std::string_view path,
                 std::vector<Alternative>& out);
  void lone_item(const detail::FieldSchema& field, const detail::Type& element,
                 std::string_view path, std::vector<Alternative>& out);
  void amount(const detail::FieldSchema& field, const detail::Type& type,
              std::vector<Alternative>& out);
  void text(const detail::FieldSchema& field, const detail::Type& type,
            std::vector<Alternative>& out);
  void number(const detail::FieldSchema& field, const detail::Type& type);
  void words(const detail::FieldSchema& field);
  void one_word(std::string_view word);
  void pattern(std::string_view expression);
  void bounds(const detail::FieldSchema& field, std::string_view min, std::string_view max);
  void required(std::initializer_list<const detail::ObjectSchema*> schemas);
  [[nodiscard]] bool file() const noexcept { return notation_ == Notation::Yaml; }
  [[nodiscard]] const std::string& name_of(const detail::ObjectSchema& schema,
                                           std::string_view path);

  struct Pending {
    const detail::ObjectSchema* schema;
    std::string name;
  };

  base::JsonWriter& json_;
  Notation notation_;
  std::map<std::string, std::string, std::less<>> raw_;
  std::map<const detail::ObjectSchema*, std::string> names_;
  std::set<std::string, std::less<>> taken_;
  std::deque<Pending> pending_;
};

}  // namespace portico::config
