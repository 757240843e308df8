// SPDX-License-Identifier: Apache-2.0
// Services between the plugins of one generation. Needs are written down while plugins are constructed
// and set up, and resolved all at once before any is started, so plugins may need each other in a circle.
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
};

/// A service that somebody needs and nobody provides.
struct MissingService {
  std::string plugin;
  std::string name;
  std::string remedy;  ///< Which plugin provides it, or which version of it is there.
};

/// What is wrong with a versioned name, or empty: a word, a slash, a number from 1 ("identity/1").
[[nodiscard]] std::string versioned_name_fault(std::string_view name);

class Services {
 public:
  enum class Need : bool { Optional, Required };

  /// The first plugin that already provides this name; it stays the provider.
  [[nodiscard]] std::optional<std::string> offer(ServiceProvider provider);

  /// A slot that `resolve` fills; its address is stable. After `resolve` it is filled at once, and a
  /// required service that nobody provides throws std::runtime_error. Any thread.
  [[nodiscard]] void* const* slot(std::string_view plugin, std::string_view name, Need need);

  [[nodiscard]] std::vector<MissingService> resolve();

  [[nodiscard]] void* find(std::string_view name) const noexcept;
  [[nodiscard]] const std::vector<ServiceProvider>& providers() const noexcept {
    return providers_;
  }

 private:
  struct Slot {
    std::string plugin;
    std::string name;
    Need need;
    void* service = nullptr;
  };

  [[nodiscard]] std::string remedy_for(std::string_view name) const;

  mutable std::mutex mutex_;
  std::vector<ServiceProvider> providers_;
  std::deque<Slot> slots_;
  bool resolved_ = false;
};

}  // namespace portico::plugin
