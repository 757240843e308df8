// SPDX-License-Identifier: Apache-2.0
#include "base/arena.h"

#include <portico/callable.h>

#include <algorithm>
#include <cstdint>
#include <cstring>

#if defined(__SANITIZE_ADDRESS__)
#define PORTICO_POISONS
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define PORTICO_POISONS
#endif
#endif

#ifdef PORTICO_POISONS
#include <sanitizer/asan_interface.h>
#endif

namespace portico::base {

namespace detail {
thread_local constinit Arena* current_arena = nullptr;
}  // namespace detail

namespace {

#ifdef PORTICO_POISONS
// What is not handed out, or not any more, must not be touched. A gap behind each block catches
// overruns.
constexpr std::size_t Gap = 16;
void forbid(void* begin, std::size_t size) { __asan_poison_memory_region(begin, size); }
void permit(void* begin, std::size_t size) { __asan_unpoison_memory_region(begin, size); }
#else
constexpr std::size_t Gap = 0;
void forbid(void*, std::size_t) {}
void permit(void*, std::size_t) {}
#endif

// An aligned place at or behind `begin`. By a mask: a division would take longer than all the rest.
std::byte* align(std::byte* begin, std::size_t alignment) noexcept {
  const auto address = reinterpret_cast<std::uintptr_t>(begin);
  return begin + (-address & (alignment - 1));
}

}  // namespace

Arena::~Arena() { free_chunks(chunks_); }

void* Arena::allocate(std::size_t size, std::size_t alignment) {
  std::byte* place = align(free_, alignment);
  if (free_ == nullptr || place > end_ || static_cast<std::size_t>(end_ - place) < size + Gap) {
    return allocate_slowly(size, alignment);
  }
  free_ = place + size + Gap;
  used_ += size;
  permit(place, size);
  return place;
}

void* Arena::allocate_slowly(std::size_t size, std::size_t alignment) {
  const std::size_t needed = size + alignment + Gap;
  // A large block gets a chunk for itself, so that the rest of the present one stays in use.
  if (chunks_ != nullptr && needed > keep_ / 4) {
    std::byte* const free = free_;
    std::byte* const end = end_;
    Chunk* const present = chunks_;
    Chunk* const own = add_chunk(needed);
    std::byte* const place = align(free_, alignment);
    chunks_ = present;
    own->next = present->next;
    present->next = own;
    free_ = free;
    end_ = end;
    used_ += size;
    permit(place, size);
    return place;
  }
  add_chunk(std::max(keep_, needed));
  return allocate(size, alignment);
}

Arena::Chunk* Arena::add_chunk(std::size_t size) {
  void* const memory = ::operator new(sizeof(Chunk) + size);
  chunks_ = ::new (memory) Chunk{chunks_, size};
  free_ = static_cast<std::byte*>(memory) + sizeof(Chunk);
  end_ = free_ + size;
  forbid(free_, size);
  return chunks_;
}

void Arena::free_chunks(Chunk* chunk) noexcept {
  while (chunk != nullptr) {
    Chunk* const next = chunk->next;
    permit(chunk, sizeof(Chunk) + chunk->size);
    ::operator delete(chunk);
    chunk = next;
  }
}

std::string_view Arena::copy(std::string_view text) {
  if (text.empty()) return {};
  char* const place = array<char>(text.size());
  std::memcpy(place, text.data(), text.size());
  return {place, text.size()};
}

void Arena::reset() noexcept {
  if (chunks_ == nullptr) return;
  if (chunks_->next != nullptr) {
    // It was too small for this request; the next one finds a chunk that would have done, with what
    // alignment costs: `used_` does not know that.
    std::size_t total = 0;
    for (const Chunk* chunk = chunks_; chunk != nullptr; chunk = chunk->next) total += chunk->size;
    keep_ = std::clamp(total, keep_, std::max(keep_, LargestKept));
    clear();
    return;
  }
  free_ = reinterpret_cast<std::byte*>(chunks_ + 1);
  forbid(free_, chunks_->size);
  used_ = 0;
}

void Arena::clear() noexcept {
  free_chunks(std::exchange(chunks_, nullptr));
  free_ = nullptr;
  end_ = nullptr;
  used_ = 0;
}

}  // namespace portico::base

namespace portico::detail {

void* request_memory(std::size_t size, std::size_t alignment) noexcept {
  base::Arena* const arena = base::Arena::current();
  return arena == nullptr ? nullptr : arena->allocate(size, alignment);
}

}  // namespace portico::detail
