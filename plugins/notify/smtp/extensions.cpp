// SPDX-License-Identifier: Apache-2.0
#include "smtp/extensions.h"

#include "shared/ascii.h"

#include <algorithm>
#include <charconv>
#include <string>
#include <string_view>

namespace portico::notify::smtp {
namespace {

/// The first word of `text`, which it leaves.
std::string_view take_word(std::string_view& text) noexcept {
  while (text.starts_with(' ')) text.remove_prefix(1);
  const std::string_view word = text.substr(0, text.find(' '));
  text.remove_prefix(word.size());
  return word;
}

void read_mechanisms(Extensions& extensions, std::string_view text) {
  for (std::string_view word = take_word(text); !word.empty(); word = take_word(text)) {
    if (word == "plain") extensions.auth_plain = true;
    if (word == "login") extensions.auth_login = true;
  }
}

void read_line(Extensions& extensions, std::string_view line) {
  const std::string_view keyword = take_word(line);
  if (keyword == "starttls") extensions.starttls = true;
  if (keyword == "pipelining") extensions.pipelining = true;
  if (keyword == "auth") read_mechanisms(extensions, line);
  if (keyword != "size") return;
  extensions.size = true;
  const std::string_view digits = take_word(line);
  std::uint64_t most = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), most);
  if (read.ec == std::errc() && read.ptr == digits.data() + digits.size()) {
    extensions.most_size = most;
  }
}

}  // namespace

Extensions read_extensions(const Reply& reply) {
  Extensions extensions;
  // The first line is a greeting.
  for (std::size_t i = 1; i < reply.lines.size(); ++i) {
    std::string line = reply.lines[i];
    std::ranges::transform(line, line.begin(), lower);
    // "AUTH=PLAIN" is how it was written before there was a standard; some still write both.
    if (line.starts_with("auth=")) line[4] = ' ';
    read_line(extensions, line);
  }
  return extensions;
}

}  // namespace portico::notify::smtp
