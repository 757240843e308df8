// SPDX-License-Identifier: Apache-2.0
// For what must not be called on a loop.
#pragma once

namespace portico::loop {

/// Whether this thread is in some loop's `run`: it must not wait for anything.
[[nodiscard]] bool runs_here() noexcept;

/// While it lives, the loop of this thread keeps nobody waiting, and may wait itself.
class MayWait {
 public:
  MayWait() noexcept;
  MayWait(const MayWait&) = delete;
  MayWait& operator=(const MayWait&) = delete;
  ~MayWait();

 private:
  const bool ran_;
};

}  // namespace portico::loop
