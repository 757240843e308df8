// SPDX-License-Identifier: Apache-2.0
// What is to be sent to a client: bytes written here, then one body that stays where it is.
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <string_view>

namespace portico::loop {

class Output {
 public:
  static constexpr std::size_t FirstBlock = 4 * 1024;
  /// A larger block is given back once it is empty.
  static constexpr std::size_t LargestKept = 64 * 1024;
  /// A body up to this size is copied: the kernel takes one piece faster than two.
  static constexpr std::size_t LargestCopied = 1024;

  /// Room for `size` bytes at the end; they count once `wrote` was called. Throws std::bad_alloc.
  [[nodiscard]] char* room(std::size_t size);
  void wrote(std::size_t size) noexcept { end_ += size; }
  void append(std::string_view bytes);
  /// Behind everything written so far. The bytes must stay until they were sent; nothing may be
  /// written before that. Throws std::bad_alloc.
  void hold(std::string_view body);

  /// Whether a held body has not left yet.
  [[nodiscard]] bool holds() const noexcept { return !held_.empty(); }

  [[nodiscard]] std::size_t waiting() const noexcept { return end_ - at_ + held_.size(); }
  [[nodiscard]] std::array<std::string_view, 2> pieces() const noexcept {
    return {std::string_view(block_.get() + at_, end_ - at_), held_};
  }
  /// The first `count` bytes have left.
  void sent(std::size_t count) noexcept;
  void clear() noexcept;

 private:
  void clear_written() noexcept;

  std::unique_ptr<char[]> block_;
  std::size_t capacity_ = 0;
  std::size_t at_ = 0;
  std::size_t end_ = 0;
  std::string_view held_;
};

}  // namespace portico::loop
