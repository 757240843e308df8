// SPDX-License-Identifier: Apache-2.0
#include "smtp/reply.h"

#include "mail/characters.h"
#include "smtp/connection_fault.h"

#include <algorithm>
#include <array>

namespace portico::notify::smtp {
namespace {

constexpr std::size_t MostSaid = 1024;

/// One to three digits at the front of `text`, which they leave.
bool take_number(std::string_view& text) noexcept {
  std::size_t size = 0;
  while (size < text.size() && is_digit(text[size])) ++size;
  text.remove_prefix(size);
  return size >= 1 && size <= 3;
}

bool take(std::string_view& text, char c) noexcept {
  if (!text.starts_with(c)) return false;
  text.remove_prefix(1);
  return true;
}

}  // namespace

std::optional<ReplyLine> parse_reply_line(std::string_view line) noexcept {
  if (line.size() < 3 || line[0] < '2' || line[0] > '5') return std::nullopt;
  if (!is_digit(line[1]) || !is_digit(line[2])) return std::nullopt;
  const int code = (line[0] - '0') * 100 + (line[1] - '0') * 10 + (line[2] - '0');
  if (line.size() == 3) return ReplyLine{code, true, {}};
  if (line[3] != ' ' && line[3] != '-') return std::nullopt;
  return ReplyLine{code, line[3] == ' ', line.substr(4)};
}

std::string printable(std::string_view text) {
  std::string shown(text.substr(0, MostSaid));
  std::ranges::replace_if(
      shown, [](char c) { return !mail::is_printable(c); }, '?');
  return shown;
}

std::string Reply::enhanced() const {
  if (lines.empty()) return {};
  const std::string_view first = lines.front();
  std::string_view rest = first;
  const bool there = take(rest, static_cast<char>('0' + code / 100)) && take(rest, '.') &&
                     take_number(rest) && take(rest, '.') && take_number(rest) &&
                     (rest.empty() || rest.starts_with(' '));
  return there ? std::string(first.substr(0, first.size() - rest.size())) : std::string();
}

std::string Reply::text() const {
  std::string all;
  for (const std::string& line : lines) {
    if (!all.empty()) all += ' ';
    all += line;
    if (all.size() > MostSaid) break;
  }
  return printable(all);
}

std::string ReplyReader::line(Channel& channel, const Deadline& deadline) {
  std::size_t end = held_.find('\n');
  while (end == std::string::npos) {
    if (held_.size() > MostLine) throw ConnectionFault("The mail server's line has no end.");
    std::array<char, 1024> buffer;
    const std::size_t got = channel.read(buffer, deadline);
    const std::size_t before = held_.size();
    held_.append(buffer.data(), got);
    end = held_.find('\n', before);
  }
  if (end > MostLine) throw ConnectionFault("The mail server's line is too long.");
  std::string line = held_.substr(0, end);
  held_.erase(0, end + 1);
  if (line.ends_with('\r')) line.pop_back();
  return line;
}

Reply ReplyReader::read(Channel& channel, const Deadline& deadline) {
  Reply reply;
  while (reply.lines.size() < MostLines) {
    const std::string text = line(channel, deadline);
    const auto parsed = parse_reply_line(text);
    if (!parsed || (reply.code != 0 && parsed->code != reply.code)) {
      throw ConnectionFault("The mail server said what is no reply: \"" +
                            printable(std::string_view(text).substr(0, 100)) + "\".");
    }
    reply.code = parsed->code;
    reply.lines.emplace_back(parsed->text);
    if (parsed->last) return reply;
  }
  throw ConnectionFault("The mail server's reply has no end.");
}

}  // namespace portico::notify::smtp
