// SPDX-License-Identifier: Apache-2.0
#include "loop/output.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace portico::loop {

char* Output::room(std::size_t size) {
  if (capacity_ - end_ >= size) return block_.get() + end_;
  const std::size_t kept = end_ - at_;
  if (capacity_ >= kept + size && at_ >= kept) {
    std::memcpy(block_.get(), block_.get() + at_, kept);
  } else {
    const std::size_t capacity = std::max(FirstBlock, std::bit_ceil(kept + size));
    auto block = std::make_unique_for_overwrite<char[]>(capacity);
    if (kept != 0) std::memcpy(block.get(), block_.get() + at_, kept);
    block_ = std::move(block);
    capacity_ = capacity;
  }
  at_ = 0;
  end_ = kept;
  return block_.get() + end_;
}

void Output::append(std::string_view bytes) {
  if (bytes.empty()) return;
  std::memcpy(room(bytes.size()), bytes.data(), bytes.size());
  wrote(bytes.size());
}

void Output::hold(std::string_view body) {
  if (body.size() <= LargestCopied) return append(body);
  held_ = body;
}

void Output::sent(std::size_t count) noexcept {
  const std::size_t written = std::min(count, end_ - at_);
  at_ += written;
  held_.remove_prefix(count - written);
  if (at_ == end_) clear_written();
}

void Output::clear() noexcept {
  held_ = {};
  pipe_.reset();
  clear_written();
}

void Output::clear_written() noexcept {
  at_ = end_ = 0;
  if (capacity_ <= LargestKept) return;
  block_.reset();
  capacity_ = 0;
}

}  // namespace portico::loop
