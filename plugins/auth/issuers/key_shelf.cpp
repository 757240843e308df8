// SPDX-License-Identifier: Apache-2.0
#include "issuers/key_shelf.h"

#include <utility>

namespace portico::auth {

std::shared_ptr<const KeySet> KeyShelf::keys() const {
  const std::lock_guard lock(mutex_);
  return keys_;
}

bool KeyShelf::put(KeySet keys, std::string_view source) {
  auto fresh = std::make_shared<const KeySet>(std::move(keys));
  const std::lock_guard lock(mutex_);
  if (keys_ != nullptr && source_ == source) return false;
  source_ = source;
  keys_ = std::move(fresh);
  version_.fetch_add(1, std::memory_order_release);
  return true;
}

}  // namespace portico::auth
