// SPDX-License-Identifier: Apache-2.0
// Where stores are found again by name and options, as long as somebody holds them: a reload that
// changes nothing of one gets it with its connections. Any thread. A store is let go of while no
// lock is held: the last to hold it may have much to close.
//
// A `Store` has `name`, `options` and `in_use()`.
#pragma once

#include <algorithm>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace portico::base {

template <class Store>
class Shelf {
 public:
  using Held = std::shared_ptr<Store>;  // Shared by all that use it: it goes with the last of them.

  /// `make` gives a new one where there is none, and throws where it cannot.
  template <class Options, class Make>
  [[nodiscard]] Held find_or_make(const std::string& name, const Options& options, Make make) {
    std::vector<Held> others;
    const std::lock_guard lock(mutex_);
    std::erase_if(stores_, [](const auto& each) { return each.expired(); });
    for (const auto& each : stores_) {
      Held store = each.lock();
      if (!store) continue;
      if (store->name == name && store->options == options) return store;
      others.push_back(std::move(store));
    }
    Held made = make();
    stores_.push_back(made);
    return made;
  }

  [[nodiscard]] std::vector<Held> all() const {
    std::vector<Held> found;
    const std::lock_guard lock(mutex_);
    for (const auto& each : stores_) {
      if (Held store = each.lock()) found.push_back(std::move(store));
    }
    return found;
  }

  /// In order of their names. Of several with one name, the newest.
  [[nodiscard]] std::vector<Held> in_use() const {
    const std::vector<Held> living = all();
    std::vector<Held> found;
    for (const Held& store : living) {
      if (!store->in_use()) continue;
      std::erase_if(found, [&](const Held& older) { return older->name == store->name; });
      found.push_back(store);
    }
    std::ranges::sort(found, {}, [](const Held& each) -> const std::string& { return each->name; });
    return found;
  }

 private:
  mutable std::mutex mutex_;
  std::vector<std::weak_ptr<Store>> stores_;
};

}  // namespace portico::base
