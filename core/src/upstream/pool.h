// SPDX-License-Identifier: Apache-2.0
// The connections of one loop to one backend. The one that came back last is lent first, so that
// those which are not needed grow old and go.
#pragma once

#include "loop/loop.h"
#include "upstream/connection.h"
#include "upstream/group.h"

#include <cstddef>
#include <memory>

namespace portico::upstream {

class Outbound;

class Pool final : loop::Timer {
 public:
  Pool(Outbound& outbound, const detail::UpstreamState& group, std::shared_ptr<Backend> backend);
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;
  /// Requires that no connection is lent. Closes those that rest.
  ~Pool();

  [[nodiscard]] Backend& backend() const noexcept { return *backend_; }
  [[nodiscard]] Outbound& outbound() const noexcept { return outbound_; }
  /// Connections that are lent.
  [[nodiscard]] std::size_t lent() const noexcept { return lent_; }

  /// One that rests, or null.
  [[nodiscard]] Connection* take() noexcept;
  /// A new one, which may have failed already. Throws std::bad_alloc.
  [[nodiscard]] Connection& connect();
  /// Takes one back that can serve again.
  void keep(Connection& connection) noexcept;
  /// Closes one that is lent, or rests.
  void drop(Connection& connection) noexcept;
  void discard(Connection& connection) noexcept;

 private:
  static void on_time(loop::Timer& timer) noexcept;
  void unlink(Connection& connection) noexcept;
  void watch_the_oldest() noexcept;

  Outbound& outbound_;
  const UpstreamOptions& options_;
  const tls::ClientContext* const tls_;
  const std::shared_ptr<Backend> backend_;
  tls::Resumption resumption_;
  Connection* newest_ = nullptr;
  Connection* oldest_ = nullptr;
  std::size_t resting_ = 0;
  std::size_t lent_ = 0;
};

}  // namespace portico::upstream
