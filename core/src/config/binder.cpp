// SPDX-License-Identifier: Apache-2.0
// The binder's entry, and what holds other values: optionals, lists and maps.
#include "config/binder.h"

#include "config/binding.h"
#include "config/node_json.h"

namespace portico::config {

using detail::Kind;

bool may_stand_alone(const detail::Type& element) noexcept {
  if (element.kind == Kind::Object) return element.object().shorthand() != nullptr;
  return element.element == nullptr && element.kind != Kind::Json && element.kind != Kind::Raw;
}

bool bind_object(const Node& node, const detail::ObjectSchema& schema, void* object,
                 std::string_view path, BindContext& context) {
  // An author's mistake would otherwise show as an operator's.
  if (const std::string flaw = schema.flaw(); !flaw.empty()) {
    context.problems.error(node.mark(), path, "the describe() of these settings is wrong: " + flaw,
                           "tell the author of the plugin");
    return false;
  }
  return Binding(context, path).object(node, schema, object, nullptr);
}

bool Binding::value(const Node& node, const Target& target) {
  switch (target.type.kind) {
    case Kind::Optional: return optional(node, target);
    case Kind::List: return list(node, target);
    case Kind::Map: return map(node, target);
    case Kind::Object: return object(node, target.type.object(), target.place, target.step);
    case Kind::Json: static_cast<Json*>(target.place)->text = json_text_of(node); return true;
    case Kind::Raw: *static_cast<const Node**>(target.place) = &node; return true;
    default: return scalar(node, target);
  }
}

bool Binding::optional(const Node& node, const Target& target) {
  if (node.is_null()) return true;
  void* place = target.type.append(target.place, {});
  return value(node, {target.field, *target.type.element, place, target.step, target.bounds});
}

bool Binding::list(const Node& node, const Target& target) {
  if (node.is_null()) return true;
  if (!node.is_list() && !(node.is_scalar() && !json() && may_stand_alone(*target.type.element))) {
    return unexpected(node, target);
  }
  target.type.clear(target.place);
  if (node.is_scalar()) {
    void* place = target.type.append(target.place, {});
    const bool bound =
        value(node, {target.field, *target.type.element, place, target.step, Bounds::BelongAbove});
    return check_length(node, target, 1, "item") && bound;
  }
  bool good = true;
  std::size_t index = 0;
  for (const Node& item : node.items()) {
    const Step step{target.step, {}, index++};
    void* place = target.type.append(target.place, {});
    good &= value(item, {target.field, *target.type.element, place, &step, Bounds::BelongAbove});
  }
  return check_length(node, target, index, "item") && good;
}

bool Binding::map_key(const Node& key, const Target& target, const Step& step) {
  const auto& fault_of = target.field.key_fault;
  // Of a map of maps it is the outer one that has the keys.
  if (!fault_of || target.bounds == Bounds::BelongAbove) return true;
  const std::string fault = fault_of(key.text());
  return fault.empty() || fail_sentence(key.mark(), &step, fault);
}

bool Binding::map(const Node& node, const Target& target) {
  if (node.is_null()) return true;
  if (!node.is_map()) return unexpected(node, target);
  target.type.clear(target.place);
  bool good = true;
  for (const auto& [key, entry] : node.entries()) {
    const Step step{target.step, key.text()};
    good &= map_key(key, target, step);
    void* place = target.type.append(target.place, std::string(key.text()));
    good &= value(entry, {target.field, *target.type.element, place, &step, Bounds::BelongAbove});
  }
  return check_length(node, target, node.entries().size(), "entry") && good;
}

}  // namespace portico::config
