// SPDX-License-Identifier: Apache-2.0
// Memory of one request: a bump allocator whose blocks all die together. The first chunk is kept
// over `reset` and grows to what requests here need, so that in the steady state a request
// allocates nothing. Not thread-safe: whoever holds the request holds the arena. Nothing is
// destroyed; what needs a destructor is destroyed by its owner before `reset`.
#pragma once

#include <cstddef>
#include <new>
#include <string_view>
#include <utility>

namespace portico::base {

class Arena;

namespace detail {
// Initial-exec: libportico is loaded at start and never by dlopen, so the address is one addition.
extern thread_local constinit Arena* current_arena [[gnu::tls_model("initial-exec")]];
}  // namespace detail

class Arena {
 public:
  static constexpr std::size_t FirstChunk = 4096;
  /// The kept chunk never grows beyond this.
  static constexpr std::size_t LargestKept = 64 * 1024;

  explicit Arena(std::size_t first_chunk = FirstChunk) noexcept : keep_(first_chunk) {}
  Arena(const Arena&) = delete;
  Arena& operator=(const Arena&) = delete;
  ~Arena();

  /// Memory that lives until `reset`. `alignment` is a power of two. Throws std::bad_alloc.
  [[nodiscard]] void* allocate(std::size_t size, std::size_t alignment = alignof(std::max_align_t));
  /// The same text in the arena.
  [[nodiscard]] std::string_view copy(std::string_view text);
  /// Room for `count` objects that need no construction.
  template <class T>
  [[nodiscard]] T* array(std::size_t count) {
    return static_cast<T*>(allocate(count * sizeof(T), alignof(T)));
  }
  /// An object whose destructor nobody will run but its maker.
  template <class T, class... Arguments>
  [[nodiscard]] T* make(Arguments&&... arguments) {
    return ::new (allocate(sizeof(T), alignof(T))) T(std::forward<Arguments>(arguments)...);
  }
  /// Ends the life of every block. Keeps one chunk.
  void reset() noexcept;
  /// As `reset`, and gives the kept chunk back too: an idle connection holds nothing.
  void clear() noexcept;

  /// Bytes handed out since `reset`.
  [[nodiscard]] std::size_t used() const noexcept { return used_; }

  /// What the owner of the arena hangs on it: the request that it serves.
  [[nodiscard]] void* context() const noexcept { return context_; }
  void context(void* context) noexcept { context_ = context; }

  /// The arena of the request that this thread serves, or null.
  [[nodiscard]] static Arena* current() noexcept { return detail::current_arena; }

 private:
  struct Chunk {
    Chunk* next;
    std::size_t size;
  };

  void* allocate_slowly(std::size_t size, std::size_t alignment);
  Chunk* add_chunk(std::size_t size);
  static void free_chunks(Chunk* chunk) noexcept;

  std::byte* free_ = nullptr;
  std::byte* end_ = nullptr;
  Chunk* chunks_ = nullptr;  // The newest first.
  std::size_t keep_;
  std::size_t used_ = 0;
  void* context_ = nullptr;
};

/// Makes an arena this thread's current one until the end of the scope. A null arena means none.
class ArenaScope {
 public:
  explicit ArenaScope(Arena& arena) noexcept : ArenaScope(&arena) {}
  // No reference to the variable, as std::exchange takes one: the sanitizer's check of it for null
  // reads a flag of the processor that is lost when the linker shortens thread-local addresses.
  explicit ArenaScope(Arena* arena) noexcept : previous_(detail::current_arena) {
    detail::current_arena = arena;
  }
  ArenaScope(const ArenaScope&) = delete;
  ArenaScope& operator=(const ArenaScope&) = delete;
  ~ArenaScope() { detail::current_arena = previous_; }

 private:
  Arena* previous_;
};

}  // namespace portico::base
