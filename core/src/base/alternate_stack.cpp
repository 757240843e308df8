// SPDX-License-Identifier: Apache-2.0
#include "base/alternate_stack.h"

#include <signal.h>
#include <sys/mman.h>

namespace portico::base {

AlternateStack::AlternateStack() noexcept
    : memory_(::mmap(nullptr, Size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK,
                     -1, 0)) {
  if (memory_ == MAP_FAILED) return;
  stack_t stack{};
  stack.ss_sp = memory_;
  stack.ss_size = Size;
  ::sigaltstack(&stack, nullptr);
}

AlternateStack::~AlternateStack() {
  if (memory_ == MAP_FAILED) return;
  stack_t none{};
  none.ss_flags = SS_DISABLE;
  ::sigaltstack(&none, nullptr);
  ::munmap(memory_, Size);
}

}  // namespace portico::base
