// SPDX-License-Identifier: Apache-2.0
// Values that outlive generations: `host.keep`. One per process, shared by every generation; a
// value is found by plugin and key, and must be asked for as the same type every time. Any thread.
#pragma once

#include <portico/callable.h>

#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

namespace portico::plugin {

class Keep {
 public:
  using Make = Callable<std::shared_ptr<void>()>;

  /// What a plugin keeps stays as long as a lease of that plugin is held; with the last one it is
  /// let go. Every instance holds one: in a reload the new instances come before the old ones go,
  /// and a plugin that the new file does not load loses its values when its last request has ended.
  class Lease {
   public:
    Lease(Keep& keep, std::string_view plugin);
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;
    ~Lease();

   private:
    Keep& keep_;
    const std::string plugin_;
  };

  /// Requires that a lease of the plugin is held. Throws std::logic_error when the kept value has
  /// another size, and what `make` throws.
  [[nodiscard]] std::shared_ptr<void> find_or_make(std::string_view plugin, std::string_view key,
                                                   std::size_t size, const Make& make);

 private:
  struct Value {
    std::size_t size = 0;
    std::shared_ptr<void> value;
  };
  struct Tenant {
    std::size_t leases = 0;
    std::map<std::string, Value, std::less<>> values;
  };

  // Recursive: the maker of one value may ask for another.
  std::recursive_mutex mutex_;
  std::map<std::string, Tenant, std::less<>> tenants_;
};

}  // namespace portico::plugin
