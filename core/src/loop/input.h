// SPDX-License-Identifier: Apache-2.0
// What a client has sent and nobody has taken yet: one block of memory, contiguous, so that heads
// and bodies are parsed in place. While a request is served its head is pinned: views into it stay
// valid until `unpin`, whatever arrives behind it.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string_view>

namespace portico::loop {

class Input {
 public:
  static constexpr std::size_t FirstBlock = 16 * 1024;
  /// A pinned head leaves at least this much of its block to the body, or the body gets its own.
  static constexpr std::size_t LeastRoom = 4 * 1024;
  /// What fills its room is a long body: it comes on in fewer, larger pieces.
  static constexpr std::size_t LargeRoom = 64 * 1024;

  [[nodiscard]] std::string_view bytes() const noexcept { return {block_.get() + at_, end_ - at_}; }
  void consume(std::size_t count) noexcept { at_ += count; }
  /// Takes the first `count` bytes and keeps them where they are.
  void pin(std::size_t count);
  void unpin() noexcept;

  /// Where more may be written: never empty. Moves or grows what is not pinned, so that views into
  /// `bytes()` end here. Throws std::bad_alloc.
  [[nodiscard]] std::span<char> room();
  void filled(std::size_t count) noexcept {
    end_ += count;
    flows_ = end_ == capacity_;
  }
  /// Whether the last read filled its room: a long body, of which there is more.
  [[nodiscard]] bool flows() const noexcept { return flows_; }
  /// What went past it was little.
  void ebb() noexcept { flows_ = false; }
  /// Gives the memory back but for one block of the usual size. Requires that nothing is pinned.
  void shrink() noexcept;

 private:
  void grow(std::size_t least);

  std::unique_ptr<char[]> block_;
  std::unique_ptr<char[]> pinned_block_;  // When the head had to stay behind.
  std::size_t capacity_ = 0;
  std::size_t floor_ = 0;  // Pinned bytes at the beginning of `block_`.
  std::size_t at_ = 0;
  std::size_t end_ = 0;
  bool flows_ = false;  // The last read filled its room.
};

}  // namespace portico::loop
