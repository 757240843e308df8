// SPDX-License-Identifier: Apache-2.0
// Where names are looked up: the value of the innermost section first, all data last. One thread.
#pragma once

#include "template/value.h"

#include <cstddef>
#include <string_view>
#include <vector>

namespace portico::notify::templates {

class Scopes {
 public:
  explicit Scopes(const Value& data) : values_{&data} {}

  void enter(const Value& value) { values_.push_back(&value); }
  void leave() noexcept { values_.pop_back(); }
  [[nodiscard]] std::size_t size() const noexcept { return values_.size(); }

  /// Null where there is none. The innermost value with the first part of the name decides: what
  /// stands further out is not meant.
  [[nodiscard]] const Value* find(std::string_view name) const noexcept;

 private:
  std::vector<const Value*> values_;
};

}  // namespace portico::notify::templates
