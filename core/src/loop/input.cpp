// SPDX-License-Identifier: Apache-2.0
#include "loop/input.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <utility>

namespace portico::loop {

void Input::pin(std::size_t count) {
  at_ += count;
  floor_ = at_;
}

void Input::unpin() noexcept {
  floor_ = 0;
  pinned_block_.reset();
}

/// A pinned head stays in the old block.
void Input::grow(std::size_t least) {
  const std::size_t kept = end_ - at_;
  const std::size_t capacity =
      std::bit_ceil(std::max({FirstBlock, 2 * (kept + LeastRoom), kept + least}));
  auto block = std::make_unique_for_overwrite<char[]>(capacity);
  if (kept != 0) std::memcpy(block.get(), block_.get() + at_, kept);
  block_.swap(block);
  if (std::exchange(floor_, 0) != 0) pinned_block_ = std::move(block);
  capacity_ = capacity;
  at_ = 0;
  end_ = kept;
}

std::span<char> Input::room() {
  const std::size_t least = flows_ ? LargeRoom : LeastRoom;
  if (at_ == end_) at_ = end_ = floor_;
  if (capacity_ - end_ < least && at_ > floor_) {
    std::memmove(block_.get() + floor_, block_.get() + at_, end_ - at_);
    end_ = floor_ + (end_ - at_);
    at_ = floor_;
  }
  if (capacity_ - end_ < least) grow(least);
  return {block_.get() + end_, capacity_ - end_};
}

void Input::shrink() noexcept {
  if (capacity_ > FirstBlock) {
    block_.reset();
    capacity_ = 0;
  }
  at_ = end_ = 0;
  flows_ = false;
}

}  // namespace portico::loop
