// SPDX-License-Identifier: Apache-2.0
#include "unit/allocations.h"

#include <cstdlib>
#include <new>

namespace {
thread_local std::size_t counter = 0;
}  // namespace

namespace portico {
std::size_t allocations() noexcept { return counter; }
}  // namespace portico

#ifndef PORTICO_TEST_SANITIZED
namespace {
void* counted(std::size_t size) noexcept {
  ++counter;
  return std::malloc(size == 0 ? 1 : size);
}
void* counted_or_throw(std::size_t size) {
  if (void* const memory = counted(size)) return memory;
  throw std::bad_alloc();
}
}  // namespace

// Inlined, new would look to the compiler like a malloc that delete frees, and the other way round.
[[gnu::noinline]] void* operator new(std::size_t size) { return counted_or_throw(size); }
[[gnu::noinline]] void* operator new[](std::size_t size) { return counted_or_throw(size); }
[[gnu::noinline]] void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
  return counted(size);
}
[[gnu::noinline]] void* operator new[](std::size_t size, const std::nothrow_t&) noexcept {
  return counted(size);
}
[[gnu::noinline]] void operator delete(void* memory) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete[](void* memory) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete[](void* memory, std::size_t) noexcept { std::free(memory); }
#endif
