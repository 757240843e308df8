// SPDX-License-Identifier: Apache-2.0
#include "pipeline/body_collector.h"

#include <algorithm>

namespace portico::pipeline {

namespace {

constexpr std::size_t SmallestBody = 1024;

}  // namespace

void BodyCollector::begin(base::Arena& arena, std::size_t expected) noexcept {
  arena_ = &arena;
  data_ = nullptr;
  size_ = 0;
  capacity_ = 0;
  expected_ = expected;
}

void BodyCollector::add(std::string_view bytes) {
  if (bytes.size() > capacity_ - size_) {
    capacity_ = std::max({expected_, size_ + bytes.size(), 2 * capacity_, SmallestBody});
    char* const larger = arena_->array<char>(capacity_);
    std::copy_n(data_, size_, larger);
    data_ = larger;
  }
  std::copy(bytes.begin(), bytes.end(), data_ + size_);
  size_ += bytes.size();
}

}  // namespace portico::pipeline
