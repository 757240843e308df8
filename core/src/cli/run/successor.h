// SPDX-License-Identifier: Apache-2.0
// A process of the program as it is installed now, which is to take over from this one: it is
// handed every listening socket by the protocol of socket activation, and a pipe to report by.
#pragma once

#include "base/result.h"
#include "loop/socket.h"
#include "server/belonging.h"

#include <string>
#include <vector>

#include <sys/types.h>

namespace portico::cli {

class Successor {
 public:
  /// `words` are the command line, the program's file in front; `belongings` stay open here. The
  /// error says which step failed.
  static Result<Successor> start(const std::vector<std::string>& words,
                                 std::vector<server::Belonging> belongings);

  [[nodiscard]] pid_t pid() const noexcept { return pid_; }
  /// Readable when it reports, and when it has ended without a word.
  [[nodiscard]] int report() const noexcept { return report_.descriptor(); }
  /// Readable when it has ended.
  [[nodiscard]] int end() const noexcept { return end_.descriptor(); }
  void kill() const noexcept;
  /// After its end: "ended with exit code 78", and that code; 128 + N for signal N.
  struct End {
    std::string text;
    int code;
  };
  [[nodiscard]] End reap() const noexcept;

 private:
  Successor(pid_t pid, loop::Socket report, loop::Socket end) noexcept
      : pid_(pid), report_(std::move(report)), end_(std::move(end)) {}

  pid_t pid_;
  loop::Socket report_;
  loop::Socket end_;
};

}  // namespace portico::cli
