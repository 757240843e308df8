// SPDX-License-Identifier: Apache-2.0
// Values that outlive generations: `host.keep`. One per process, shared by every generation; a
// value is found by plugin and key, and must be asked for as the same type every time. Any thread.
#pragma once

#include <portico/callable.h>

#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <utility>

namespace portico::plugin {

class Keep {
 public:
  using Make = Callable<std::shared_ptr<void>()>;

  /// Throws std::logic_error when the kept value has another size, and what `make` throws.
  [[nodiscard]] std::shared_ptr<void> find_or_make(std::string_view plugin, std::string_view key,
                                                   std::size_t size, const Make& make);
  /// Lets go of what plugins keep that are no longer loaded.
  void retain(const std::set<std::string, std::less<>>& plugins);

 private:
  struct Value {
    std::size_t size = 0;
    std::shared_ptr<void> value;
  };

  // Recursive: the maker of one value may ask for another.
  std::recursive_mutex mutex_;
  std::map<std::pair<std::string, std::string>, Value> values_;
};

}  // namespace portico::plugin
