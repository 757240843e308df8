// SPDX-License-Identifier: Apache-2.0
// What is behind the SDK's `Upstream`: how its endpoints are spoken to, which does not change, and
// the edition that was published last.
#pragma once

#include "tls/client_context.h"
#include "upstream/backend.h"
#include "upstream/directory.h"
#include <portico/upstream.h>

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace portico::upstream {

/// One `publish`. Immutable.
struct Edition {
  std::vector<std::shared_ptr<Backend>> backends;
  UpstreamPolicy policy;
};

}  // namespace portico::upstream

namespace portico::detail {

struct UpstreamState final : Upstream, std::enable_shared_from_this<UpstreamState> {
  /// Throws std::runtime_error where a file of its TLS is no good.
  explicit UpstreamState(const UpstreamOptions& how);
  /// With this TLS, or none.
  UpstreamState(const UpstreamOptions& how, std::shared_ptr<const tls::ClientContext> its_tls);
  /// Finds the figures of endpoints there from now on. Before the first `publish`.
  void keep_figures(upstream::Directory& directory) noexcept { directory_ = &directory; }
  ~UpstreamState();

  static UpstreamState& of(Upstream& upstream) noexcept {
    return static_cast<UpstreamState&>(upstream);
  }
  static const UpstreamState& of(const Upstream& upstream) noexcept {
    return static_cast<const UpstreamState&>(upstream);
  }

  /// The newest edition.
  [[nodiscard]] std::shared_ptr<const upstream::Edition> edition() const;
  /// Another number with each edition; 0 before the first. A loop compares before it asks.
  [[nodiscard]] std::uint64_t version() const noexcept {
    return version_.load(std::memory_order_acquire);
  }

  const std::uint64_t id;  ///< No other one of this process ever has it.
  const std::string name;
  const std::string server_name;  ///< For TLS, in the place of the endpoints' names.
  /// The views of it are empty.
  const UpstreamOptions options;
  /// Null over plain TCP.
  const std::shared_ptr<const tls::ClientContext> tls;
  /// Whose plugin's instance is gone: loops may forget it.
  std::atomic<bool> retired{false};
  /// Requests that wait for a place, of all loops.
  std::atomic<std::uint32_t> waiting{0};
  /// Copies of requests that went elsewhere too.
  struct Mirrored {
    std::atomic<std::uint32_t> under_way{0};  ///< Of all loops.
    std::atomic<std::uint64_t> sent{0};
    std::atomic<std::uint64_t> left_out{0};  ///< Too many were under way, or its body is too large.
  };
  Mirrored mirrored;

 private:
  friend class portico::Upstream;
  [[nodiscard]] std::shared_ptr<upstream::Backend> backend(const Endpoint& endpoint) const;

  upstream::Directory* directory_ = nullptr;
  mutable std::mutex mutex_;
  std::shared_ptr<const upstream::Edition> edition_;
  std::atomic<std::uint64_t> version_{0};
};

}  // namespace portico::detail
