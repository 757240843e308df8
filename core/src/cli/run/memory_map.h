// SPDX-License-Identifier: Apache-2.0
// Which file an address of this process belongs to, in the handler of a signal: read from the
// kernel with plain system calls.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace portico::cli {

class MemoryMap {
 public:
  struct Place {
    std::string_view module;    ///< The file; empty when it is none's.
    std::uintptr_t offset = 0;  ///< From where the file begins in memory: what addr2line takes.
  };

  /// As it is now.
  void read() noexcept;
  [[nodiscard]] Place find(std::uintptr_t address) const noexcept;

 private:
  std::array<char, 512 * 1024> text_{};
  std::size_t size_ = 0;
};

}  // namespace portico::cli
