// SPDX-License-Identifier: Apache-2.0
// A body that somebody wants whole: its bytes as they arrive, side by side in the arena, up to a
// bound.
#pragma once

#include "base/arena.h"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace portico::pipeline {

class BodyCollector {
 public:
  /// Empty again, in this arena. `expected` bytes are made room for at the first of them.
  void begin(base::Arena& arena, std::size_t expected) noexcept;
  void add(std::string_view bytes);
  [[nodiscard]] std::string_view bytes() const noexcept { return {data_, size_}; }

 private:
  base::Arena* arena_ = nullptr;
  char* data_ = nullptr;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
  std::size_t expected_ = 0;
};

}  // namespace portico::pipeline
