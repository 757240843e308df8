// SPDX-License-Identifier: Apache-2.0
// A stack for this thread's signal handlers, as long as this lives: the report of a crash can be
// written even when the crash is an overflow of the thread's own stack.
#pragma once

#include <cstddef>

namespace portico::base {

class AlternateStack {
 public:
  /// Without one, when there is no memory.
  AlternateStack() noexcept;
  AlternateStack(const AlternateStack&) = delete;
  AlternateStack& operator=(const AlternateStack&) = delete;
  ~AlternateStack();

 private:
  static constexpr std::size_t Size = std::size_t{128} * 1024;
  void* memory_;
};

}  // namespace portico::base
