// SPDX-License-Identifier: Apache-2.0
// The connections of one loop, one for each Redis that was asked there.
#pragma once

#include "loop/loop.h"
#include "loop/timer.h"
#include "redis/line.h"
#include "redis/link.h"
#include "redis/surroundings.h"

#include <memory>
#include <vector>

namespace portico::redis {

class Lines final : public Line, loop::Timer, loop::Task {
 public:
  explicit Lines(loop::Loop& loop);
  /// When the loop does not run.
  ~Lines();

  void ask(const std::shared_ptr<Store>& store, const Command& command, Asker& asker,
           std::chrono::nanoseconds patience) noexcept override;
  void give_up(Asker& asker) noexcept override;
  /// Connects, before somebody asks.
  void call_up(const std::shared_ptr<Store>& store) noexcept;
  [[nodiscard]] Surroundings& surroundings() noexcept { return surroundings_; }

 private:
  static void on_time(loop::Timer& timer) noexcept;
  static void on_task(loop::Task& task) noexcept;
  [[nodiscard]] Link& link(const std::shared_ptr<Store>& store);

  Surroundings surroundings_;
  std::vector<std::unique_ptr<Link>> links_;
};

}  // namespace portico::redis
