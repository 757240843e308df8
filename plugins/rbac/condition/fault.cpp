// SPDX-License-Identifier: Apache-2.0
#include "condition/fault.h"

namespace portico::rbac::condition {

std::string Place::pointer() const {
  if (outer_ == nullptr) return {};
  return outer_->pointer() + std::visit([](auto step) { return pointer_step(step); }, step_);
}

std::string pointer_step(std::string_view member) {
  std::string step = "/";
  for (const char c : member) {
    if (c == '~') {
      step += "~0";
    } else if (c == '/') {
      step += "~1";
    } else {
      step += c;
    }
  }
  return step;
}

std::string pointer_step(std::size_t element) { return '/' + std::to_string(element); }

}  // namespace portico::rbac::condition
