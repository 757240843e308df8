// SPDX-License-Identifier: Apache-2.0
// How often this thread has asked the heap for memory. Linking allocations.cpp replaces operator
// new of the whole test program with one that counts. The sanitizers replace it themselves; under
// them nothing is counted.
#pragma once

#include <cstddef>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define PORTICO_TEST_SANITIZED
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define PORTICO_TEST_SANITIZED
#endif
#endif

namespace portico {

#ifdef PORTICO_TEST_SANITIZED
inline constexpr bool CountsAllocations = false;
#else
inline constexpr bool CountsAllocations = true;
#endif

[[nodiscard]] std::size_t allocations() noexcept;

}  // namespace portico
