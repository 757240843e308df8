// SPDX-License-Identifier: Apache-2.0
#include "plugin/keep.h"

#include <stdexcept>
#include <utility>

namespace portico::plugin {

Keep::Lease::Lease(Keep& keep, std::string_view plugin) : keep_(keep), plugin_(plugin) {
  const std::lock_guard lock(keep_.mutex_);
  ++keep_.tenants_[plugin_].leases;
}

Keep::Lease::~Lease() {
  // Destroyed after the lock is let go: a destructor of a plugin may take its time.
  Tenant gone;
  const std::lock_guard lock(keep_.mutex_);
  const auto tenant = keep_.tenants_.find(plugin_);
  if (--tenant->second.leases > 0) return;
  gone = std::move(tenant->second);
  keep_.tenants_.erase(tenant);
}

std::shared_ptr<void> Keep::find_or_make(std::string_view plugin, std::string_view key,
                                         std::size_t size, const Make& make) {
  const std::lock_guard lock(mutex_);
  auto& values = tenants_.find(plugin)->second.values;
  const auto found = values.find(key);
  if (found == values.end()) {
    std::shared_ptr<void> made = make();
    values[std::string(key)] = {size, made};
    return made;
  }
  if (found->second.size != size) {
    throw std::logic_error("\"" + std::string(key) +
                           "\" is kept already, as a value of another type");
  }
  return found->second.value;
}

}  // namespace portico::plugin
