// SPDX-License-Identifier: Apache-2.0
// One Redis, as all loops share it: where it is, whether it answers, what was counted. Any thread.
#pragma once

#include "base/clock.h"
#include "redis/figures.h"
#include "redis/options.h"
#include "services/log/sink.h"
#include "tls/client_context.h"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace portico::redis {

class Store {
 public:
  /// Throws std::runtime_error where a file of its TLS is no good.
  Store(std::string its_name, Options how, services::LogSink& log, const base::Clock& clock);
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;
  ~Store();

  const std::string name;
  const Options options;
  /// Null where nothing is encrypted.
  std::shared_ptr<const tls::ClientContext> tls;

  /// Holds the store in use; when nobody does, loops close their connections.
  class Use {
   public:
    explicit Use(std::shared_ptr<Store> store) : store_(std::move(store)) {
      store_->users_.fetch_add(1, std::memory_order_relaxed);
    }
    Use(const Use&) = delete;
    Use& operator=(const Use&) = delete;
    ~Use() { store_->users_.fetch_sub(1, std::memory_order_relaxed); }
    [[nodiscard]] const std::shared_ptr<Store>& store() const noexcept { return store_; }

   private:
    std::shared_ptr<Store> store_;
  };
  [[nodiscard]] bool in_use() const noexcept { return users_.load(std::memory_order_relaxed) != 0; }

  /// A connection has failed, or waits in vain: once for each time. The first one is logged, but a
  /// Redis that comes and goes is so once a second. The text is Redis's, perhaps.
  void lost(std::string_view why) noexcept;
  /// It has failed again.
  void still_lost(std::string_view why) noexcept;
  /// A connection that was lost stands again.
  void found() noexcept;
  /// A connection that was lost is given up.
  void forgotten() noexcept { lost_.fetch_sub(1, std::memory_order_relaxed); }
  [[nodiscard]] bool connected() const noexcept {
    return lost_.load(std::memory_order_relaxed) == 0 &&
           standing_.load(std::memory_order_relaxed) != 0;
  }
  void stands() noexcept { standing_.fetch_add(1, std::memory_order_relaxed); }
  void fell() noexcept { standing_.fetch_sub(1, std::memory_order_relaxed); }
  /// Why it is away, as it was logged; empty while it is not.
  [[nodiscard]] std::string reason() const;

  /// For one more loop.
  [[nodiscard]] std::shared_ptr<Figures> new_figures();
  [[nodiscard]] Sums sums() const;
  /// One line for the operator.
  void tell(Level level, std::string_view message, std::string_view reason) const noexcept;

 private:
  void tell_once(std::string_view why) noexcept;

  services::LogSink& log_;
  const base::Clock& clock_;
  std::atomic<std::uint32_t> users_{0};
  std::atomic<std::int32_t> lost_{0};
  std::atomic<std::int32_t> standing_{0};
  mutable std::mutex mutex_;
  std::string reason_;
  bool told_ = false;
  std::chrono::nanoseconds told_at_{0};
  std::vector<std::shared_ptr<Figures>> figures_;
};

}  // namespace portico::redis
