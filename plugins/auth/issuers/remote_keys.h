// SPDX-License-Identifier: Apache-2.0
// Fetches the keys that an issuer publishes: at the start, every so often, and when a token names
// one that is not there. A fetch that fails leaves the shelf as it is.
#pragma once

#include "issuers/issuer_settings.h"
#include "issuers/key_shelf.h"
#include "issuers/unknown_keys.h"
#include <portico/fetch.h>
#include <portico/host.h>

#include <chrono>
#include <memory>
#include <mutex>
#include <string_view>

namespace portico::auth {

class RemoteKeys {
 public:
  /// How often `tick` wants to be called.
  static constexpr std::chrono::seconds Step{1};
  /// After a fetch that failed while there were no keys at all.
  static constexpr std::chrono::seconds Retry{5};

  /// `settings` must last as long as this.
  RemoteKeys(const IssuerSettings& settings, std::shared_ptr<KeyShelf> shelf, Host& host);
  RemoteKeys(const RemoteKeys&) = delete;
  RemoteKeys& operator=(const RemoteKeys&) = delete;

  /// Fetches when its time has come. From `start` on; any thread that may wait for a lock.
  void tick();

  enum class Hope : std::uint8_t {
    Soon,  ///< A fetch is under way that may bring it.
    None,
  };
  /// A token names a key that is not on the shelf. On a loop.
  [[nodiscard]] Hope missed(std::string_view name);

 private:
  void fetch();
  void take(const Fetched& answer);
  void fail(std::string_view why);
  void settle(std::chrono::nanoseconds wait);

  const IssuerSettings& settings_;
  const std::shared_ptr<KeyShelf> shelf_;  // Kept over reloads, with instances before and after.
  Host& host_;
  Counter& fetched_;
  Counter& failed_;
  std::mutex mutex_;
  UnknownKeys unknown_;
  bool under_way_ = false;
  std::chrono::nanoseconds next_{0};
};

}  // namespace portico::auth
