// SPDX-License-Identifier: Apache-2.0
// A file that one process has to itself as long as it lives: others see by the lock whether it
// does. What goes wrong is a result, never an exception.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <sys/types.h>

namespace portico::jobs {

class LockedFile {
 public:
  /// Nothing when it cannot be had, or another process has it; `errno` says why.
  [[nodiscard]] static std::optional<LockedFile> create(std::filesystem::path path);
  [[nodiscard]] static std::optional<LockedFile> open(std::filesystem::path path);
  LockedFile(LockedFile&& other) noexcept
      : path_(std::move(other.path_)), descriptor_(std::exchange(other.descriptor_, -1)) {}
  LockedFile& operator=(LockedFile&& other) noexcept {
    std::swap(path_, other.path_);
    std::swap(descriptor_, other.descriptor_);
    return *this;
  }
  ~LockedFile();

  /// All of it, or nothing.
  void append(std::string_view text) noexcept;
  bool clear() noexcept { return cut(0); }
  [[nodiscard]] std::string content() const;
  void remove() noexcept;
  [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }

 private:
  LockedFile(std::filesystem::path path, int descriptor) noexcept
      : path_(std::move(path)), descriptor_(descriptor) {}
  bool cut(off_t size) noexcept;
  static std::optional<LockedFile> open_as(std::filesystem::path&& path, int flags);

  std::filesystem::path path_;
  int descriptor_;
};

}  // namespace portico::jobs
