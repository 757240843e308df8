// SPDX-License-Identifier: Apache-2.0
#include "cli/run/predecessor.h"

#include <algorithm>

#include <unistd.h>

namespace portico::cli {

void Predecessor::ready() noexcept { say(Ready); }

void Predecessor::failed(std::string_view reason) noexcept { say(reason); }

/// A pipe takes it whole: it is far shorter than what the kernel holds. One that went away is
/// nobody to report to.
void Predecessor::say(std::string_view text) noexcept {
  constexpr std::size_t Most = 16 * 1024;
  if (!report_.open()) return;
  const ssize_t ignored = ::write(report_.descriptor(), text.data(), std::min(text.size(), Most));
  static_cast<void>(ignored);
  report_.close();
}

}  // namespace portico::cli
