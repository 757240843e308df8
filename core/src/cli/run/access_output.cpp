// SPDX-License-Identifier: Apache-2.0
#include "cli/run/access_output.h"

#include "cli/run/log_options.h"

namespace portico::cli {

AccessOutput::AccessOutput(const config::LogSettings& settings, std::size_t lanes,
                           services::Log& log) {
  if (!settings.access_file.empty()) {
    services::LogOptions options = log_options(settings);
    options.file = settings.access_file;
    // No line that is no request's: programs read this file.
    options.tells_losses = false;
    file_.emplace(options);
  }
  services::Log& writer = file_ ? *file_ : log;
  lines_ = std::make_shared<services::AccessLog>(
      lanes, [&writer] { writer.hurry(); }, log);
  writer.follow(lines_);
}

void AccessOutput::reopen() noexcept {
  if (file_) file_->reopen();
}

std::uint64_t AccessOutput::lost() const noexcept {
  return lines_->lost() + (file_ ? file_->dropped() : 0);
}

}  // namespace portico::cli
