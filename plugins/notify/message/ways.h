// SPDX-License-Identifier: Apache-2.0
// The channels that there are: our own, and those that other plugins add while they start. Any
// thread.
#pragma once

#include <portico/notify.h>

#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace portico::notify {

namespace way {
inline constexpr std::string_view Email = "email";
inline constexpr std::string_view Inbox = "inbox";
inline constexpr std::string_view Webhook = "webhook";
}  // namespace way

class Ways final : public Channels {
 public:
  /// Throws std::logic_error for a name that is taken, or none.
  void add(Channel& channel) override;
  /// Of another plugin; null: there is none.
  [[nodiscard]] Channel* find(std::string_view name) const;
  [[nodiscard]] bool known(std::string_view name) const;
  /// All that a message may name.
  [[nodiscard]] std::vector<std::string> names() const;

 private:
  mutable std::mutex mutex_;
  std::map<std::string, Channel*, std::less<>> others_;
};

}  // namespace portico::notify
