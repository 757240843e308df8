// SPDX-License-Identifier: Apache-2.0
// Where the access log goes: among the other lines, or into a file of its own.
#pragma once

#include "config/settings.h"
#include "services/log/access_log.h"
#include "services/log/log.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>

namespace portico::cli {

class AccessOutput {
 public:
  /// Throws std::system_error when the file cannot be opened. `log` outlives this and every lane.
  AccessOutput(const config::LogSettings& settings, std::size_t lanes, services::Log& log);

  [[nodiscard]] services::AccessLog& log() noexcept { return *lines_; }
  /// Opens the file again by its name, where there is one.
  void reopen() noexcept;
  /// Lines that never came out. From any thread.
  [[nodiscard]] std::uint64_t lost() const noexcept;

 private:
  std::optional<services::Log> file_;
  std::shared_ptr<services::AccessLog> lines_;  // With the log that takes them.
};

}  // namespace portico::cli
