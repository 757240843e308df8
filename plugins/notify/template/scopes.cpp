// SPDX-License-Identifier: Apache-2.0
#include "template/scopes.h"

namespace portico::notify::templates {
namespace {

const Value* member_at(const Value* value, std::string_view path) noexcept {
  while (value != nullptr && !path.empty()) {
    const std::size_t dot = path.find('.');
    value = value->member(path.substr(0, dot));
    path = dot == std::string_view::npos ? std::string_view() : path.substr(dot + 1);
  }
  return value;
}

}  // namespace

const Value* Scopes::find(std::string_view name) const noexcept {
  if (name == ".") return values_.back();
  const std::size_t dot = name.find('.');
  const std::string_view rest =
      dot == std::string_view::npos ? std::string_view() : name.substr(dot + 1);
  for (std::size_t outer = values_.size(); outer > 0; --outer) {
    const Value* const first = values_[outer - 1]->member(name.substr(0, dot));
    if (first != nullptr) return member_at(first, rest);
  }
  return nullptr;
}

}  // namespace portico::notify::templates
