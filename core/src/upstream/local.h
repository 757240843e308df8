// SPDX-License-Identifier: Apache-2.0
// One upstream as one loop knows it: its editions, each with the pools of its endpoints. The newest
// serves new calls; an older one goes with its last call, a pool with the last edition and the last
// connection that use it.
#pragma once

#include "upstream/group.h"
#include "upstream/pool.h"
#include "upstream/queue.h"

#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <vector>

namespace portico::upstream {

class Outbound;

/// An edition with what this loop adds to it.
struct LocalEdition {
  std::shared_ptr<const Edition> published;
  std::vector<Pool*> pools;  ///< By endpoint.
  std::size_t calls = 0;
};

class Local {
 public:
  Local(Outbound& outbound, std::shared_ptr<detail::UpstreamState> group);
  Local(const Local&) = delete;
  Local& operator=(const Local&) = delete;
  ~Local();

  [[nodiscard]] detail::UpstreamState& group() const noexcept { return *group_; }
  /// The newest edition, for one more call. Throws std::bad_alloc.
  [[nodiscard]] LocalEdition& enter();
  void leave(LocalEdition& edition) noexcept;
  [[nodiscard]] std::uint64_t next_turn() noexcept { return turn_++; }
  [[nodiscard]] Queue& queue() noexcept { return queue_; }
  /// No call is under way, and none will come.
  [[nodiscard]] bool forgotten() const noexcept;

 private:
  void refresh();
  [[nodiscard]] Pool& pool(const std::shared_ptr<Backend>& backend);
  void sweep() noexcept;

  Outbound& outbound_;
  const std::shared_ptr<detail::UpstreamState> group_;
  std::uint64_t version_ = 0;
  std::uint64_t turn_ = 0;
  Queue queue_;
  std::list<LocalEdition> editions_;  // The newest in front.
  std::vector<std::unique_ptr<Pool>> pools_;
};

}  // namespace portico::upstream
