// SPDX-License-Identifier: Apache-2.0
// What is to be sent to a client: bytes written here, then one body that stays where it is, in
// memory or in the kernel.
#pragma once

#include "loop/pipe.h"

#include <array>
#include <cstddef>
#include <memory>
#include <string_view>
#include <utility>

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
  /// The same. It goes home once it is empty.
  void hold(Pipes::Lent body) noexcept { pipe_ = std::move(body); }

  /// Whether a held body has not left yet.
  [[nodiscard]] bool holds() const noexcept { return !held_.empty() || pipe_ != nullptr; }

  [[nodiscard]] std::size_t waiting() const noexcept {
    return end_ - at_ + held_.size() + (pipe_ == nullptr ? 0 : pipe_->size());
  }
  /// What lies in memory.
  [[nodiscard]] std::array<std::string_view, 2> pieces() const noexcept {
    return {std::string_view(block_.get() + at_, end_ - at_), held_};
  }
  /// The first `count` bytes of the pieces have left.
  void sent(std::size_t count) noexcept;
  /// What is to leave behind the pieces, or null.
  [[nodiscard]] Pipe* pipe() const noexcept { return pipe_.get(); }
  /// It has given something.
  void pipe_moved() noexcept {
    if (pipe_->size() == 0) pipe_.reset();
  }
  void clear() noexcept;

 private:
  void clear_written() noexcept;

  std::unique_ptr<char[]> block_;
  std::size_t capacity_ = 0;
  std::size_t at_ = 0;
  std::size_t end_ = 0;
  std::string_view held_;
  Pipes::Lent pipe_;
};

}  // namespace portico::loop
