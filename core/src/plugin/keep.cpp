// SPDX-License-Identifier: Apache-2.0
#include "plugin/keep.h"

#include <stdexcept>

namespace portico::plugin {

std::shared_ptr<void> Keep::find_or_make(std::string_view plugin, std::string_view key,
                                         std::size_t size, const Make& make) {
  const std::lock_guard lock(mutex_);
  const std::pair place{std::string(plugin), std::string(key)};
  const auto found = values_.find(place);
  if (found == values_.end()) {
    std::shared_ptr<void> made = make();
    values_[place] = {size, made};
    return made;
  }
  if (found->second.size != size) {
    throw std::logic_error("\"" + place.second + "\" is kept already, as a value of another type");
  }
  return found->second.value;
}

void Keep::retain(const std::set<std::string, std::less<>>& plugins) {
  // Destroyed after the lock is let go: a destructor of a plugin may call back.
  std::map<std::pair<std::string, std::string>, Value> dropped;
  const std::lock_guard lock(mutex_);
  for (auto value = values_.begin(); value != values_.end();) {
    const auto next = std::next(value);
    if (!plugins.contains(value->first.first)) dropped.insert(values_.extract(value));
    value = next;
  }
}

}  // namespace portico::plugin
