// SPDX-License-Identifier: Apache-2.0
// A field of a body that may be any JSON: a condition, or the attributes of a resource. Core reads
// the body as strictly as any other, and leaves what such a field has to the plugin, which finds it
// by its pointer.
#pragma once

#include <portico/field_type.h>

#include <string>
#include <string_view>

#include <rapidjson/document.h>

namespace portico::rbac {

/// In a described struct. Of a body, it says whether the field is there; in an answer, `text` is
/// what the field has.
struct FreeJson {
  const void* node = nullptr;  ///< Core's own. First: it is where core puts it.
  std::string text{};

  [[nodiscard]] bool given() const noexcept { return node != nullptr; }
};

/// The values of a body's free fields. Outlives what it gives.
class FreeFields {
 public:
  /// Of a body that `Request::json` has read. Throws Refusal for a number that is none here.
  explicit FreeFields(std::string_view body);

  /// Null where there is nothing, and where there is a null. `pointer`: "/resource/attrs".
  [[nodiscard]] const rapidjson::Value* at(std::string_view pointer) const;
  /// The same, as text: empty where there is nothing.
  [[nodiscard]] std::string text(std::string_view pointer) const;

 private:
  rapidjson::Document document_;
};

}  // namespace portico::rbac

namespace portico::detail {

template <>
inline void describe_scalar<rbac::FreeJson>(Type& type) {
  type.kind = Kind::Raw;
}

}  // namespace portico::detail
