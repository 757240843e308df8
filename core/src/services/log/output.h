// SPDX-License-Identifier: Apache-2.0
// Where the writer thread of the log puts its bytes: a file that is rotated by size, or a
// descriptor that was inherited (a terminal, a pipe, journald's socket). Used by the writer alone.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace portico::services {

class Output {
 public:
  virtual ~Output() = default;
  /// How much of `lines` was taken: 0 when it would block (poll `descriptor` for room), -1 when it
  /// failed, with errno set. `lines` begins at the begin of a record unless the last one was torn.
  virtual std::ptrdiff_t write(std::string_view lines) noexcept = 0;
  /// Opens the target again by its name; false when it cannot, and then goes on with the old one.
  virtual bool reopen() noexcept { return true; }
  [[nodiscard]] virtual int descriptor() const noexcept = 0;
};

struct Rotation {
  std::uint64_t bytes = 0;  ///< 0 is never.
  unsigned files = 0;
};

/// Appends to a file of mode 0640. Throws std::system_error when it cannot be opened.
[[nodiscard]] std::unique_ptr<Output> open_file(std::string path, Rotation rotation);
/// Never blocks in `write` where the descriptor can be had non-blocking without changing it for the
/// other processes that share it.
[[nodiscard]] std::unique_ptr<Output> borrow_stream(int descriptor);

}  // namespace portico::services
