// SPDX-License-Identifier: Apache-2.0
// A regular file, read whole or not at all: never a device, a pipe that blocks, or more than is
// wanted.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include <sys/types.h>

namespace portico::config {

struct BoundedFile {
  enum class Outcome : std::uint8_t { Read, Absent, NotRegular, TooLarge, Failed };

  Outcome outcome = Outcome::Failed;
  std::string text;
  int error = 0;  ///< errno, for Absent and Failed.
  dev_t device = 0;
  ino_t inode = 0;

  /// Why there is no text, for an operator; `bound` as one would write it ("8 MiB").
  [[nodiscard]] std::string reason(std::string_view bound) const;
};

[[nodiscard]] BoundedFile read_bounded(const std::string& path, std::size_t most_bytes);

}  // namespace portico::config
