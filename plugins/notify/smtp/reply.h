// SPDX-License-Identifier: Apache-2.0
// What a mail server answers (RFC 5321, 4.2; RFC 3463). Values, any thread.
#pragma once

#include "smtp/channel.h"
#include "smtp/deadline.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace portico::notify::smtp {

struct ReplyLine {
  int code;
  bool last;
  std::string_view text;
};

/// Without its line end. Nothing where it is no line of a reply.
[[nodiscard]] std::optional<ReplyLine> parse_reply_line(std::string_view line) noexcept;

struct Reply {
  int code = 0;
  std::vector<std::string> lines;  ///< Their texts, as they came.

  [[nodiscard]] bool positive() const noexcept { return code / 100 == 2; }
  [[nodiscard]] bool transient() const noexcept { return code / 100 == 4; }
  /// "4.7.1", where the reply begins with one that fits its code.
  [[nodiscard]] std::string enhanced() const;
  /// All of it, as `printable` gives it.
  [[nodiscard]] std::string text() const;
};

/// At most 1 KiB of ASCII: "?" for each byte that is none or controls something.
[[nodiscard]] std::string printable(std::string_view text);

/// Reads replies and holds what came behind them. One thread at a time.
class ReplyReader {
 public:
  static constexpr std::size_t MostLine = 2048;
  static constexpr std::size_t MostLines = 128;

  /// Throws ConnectionFault where the connection does, and for what is no reply or has no end.
  [[nodiscard]] Reply read(Channel& channel, const Deadline& deadline);
  /// Whether all that came was read.
  [[nodiscard]] bool empty() const noexcept { return held_.empty(); }

 private:
  [[nodiscard]] std::string line(Channel& channel, const Deadline& deadline);

  std::string held_;
};

}  // namespace portico::notify::smtp
