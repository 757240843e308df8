// SPDX-License-Identifier: Apache-2.0
// Services between the plugins of one generation. Needs are written down while plugins are
// constructed and set up, and resolved all at once before any is started, so plugins may need each
// other in a circle.
#pragma once

#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace portico::plugin {

struct ServiceProvider {
  std::string plugin;
  std::string name;  ///< "identity/1".
  void* service = nullptr;
  bool first_choice = true;  ///< Otherwise only where no other plugin provides it.
};

/// A service that somebody needs and nobody provides.
struct MissingService {
  std::string plugin;
  std::string name;
  std::string remedy;  ///< Which plugin provides it, or which version of it is there.
};

class Services {
 public:
  enum class Need : bool { Optional, Required };

  /// The plugin that already provides this name, where neither gives way to the other; it stays the
  /// provider.
  [[nodiscard]] std::optional<std::string> offer(ServiceProvider provider);

  /// A slot that `resolve` fills; its address is stable. After `resolve` it is filled at once, and
  /// a required service that nobody provides throws std::runtime_error; a faulty name throws
  /// std::logic_error. Any thread.
  [[nodiscard]] void* const* slot(std::string_view plugin, std::string_view name, Need need);

  [[nodiscard]] std::vector<MissingService> resolve();

  /// Null when nobody provides it. Any thread.
  [[nodiscard]] void* find(std::string_view name) const;

 private:
  struct Slot {
    std::string plugin;
    std::string name;
    Need need;
    void* service = nullptr;
  };

  [[nodiscard]] void* find_locked(std::string_view name) const noexcept;
  [[nodiscard]] std::string remedy_for(std::string_view name) const;

  mutable std::mutex mutex_;
  std::vector<ServiceProvider> providers_;
  std::deque<Slot> slots_;
  bool resolved_ = false;
};

}  // namespace portico::plugin
