// SPDX-License-Identifier: Apache-2.0
#include "origins.h"

#include <algorithm>
#include <utility>

namespace portico::cors {

Origins::Origins(const std::vector<std::string>& written) {
  for (const std::string& text : written) {
    OriginRule rule = parse_origin(text);
    switch (rule.kind) {
      case OriginRule::Kind::Any: any_ = true; break;
      case OriginRule::Kind::Null: null_ = true; break;
      case OriginRule::Kind::Exact: named_.insert(std::move(rule.text)); break;
      case OriginRule::Kind::Pattern: patterns_.push_back(std::move(rule)); break;
    }
  }
}

bool Origins::allow(std::string_view origin) const noexcept {
  if (any_) return true;
  // What every sandboxed frame and every local file says of itself.
  if (origin == "null") return null_;
  if (named_.contains(origin)) return true;
  return std::any_of(patterns_.begin(), patterns_.end(),
                     [origin](const OriginRule& pattern) { return pattern.matches(origin); });
}

}  // namespace portico::cors
