// SPDX-License-Identifier: Apache-2.0
// The bytes of a file that is looked at and let go. They lie outside the heap: a library of many
// megabytes, read at every reload, would leave holes there that nothing fills.
#pragma once

#include "base/result.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <utility>

namespace portico::plugin {

class FileContent {
 public:
  FileContent() = default;
  FileContent(FileContent&& other) noexcept
      : memory_(std::exchange(other.memory_, nullptr)),
        capacity_(std::exchange(other.capacity_, 0)),
        size_(std::exchange(other.size_, 0)) {}
  FileContent& operator=(FileContent&& other) noexcept {
    std::swap(memory_, other.memory_);
    std::swap(capacity_, other.capacity_);
    std::swap(size_, other.size_);
    return *this;
  }
  ~FileContent();

  [[nodiscard]] std::span<const std::byte> bytes() const noexcept { return {memory_, size_}; }

 private:
  friend Result<FileContent> read_file(const std::string& path);

  explicit FileContent(std::size_t capacity);
  [[nodiscard]] bool fill(int descriptor);

  std::byte* memory_ = nullptr;
  std::size_t capacity_ = 0;
  std::size_t size_ = 0;
};

/// The whole file: a regular one of at most `MaxPluginFile` bytes, or an error.
inline constexpr std::uint64_t MaxPluginFile = std::uint64_t{1} << 30;
[[nodiscard]] Result<FileContent> read_file(const std::string& path);

}  // namespace portico::plugin
