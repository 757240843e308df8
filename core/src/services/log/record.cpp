// SPDX-License-Identifier: Apache-2.0
#include "services/log/record.h"

#include "base/text.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace portico::services {
namespace {

constexpr std::string_view CutMark = "...";
// Kept free for the end of a line: the mark of a cut, a quote, `"cut":"true"`, a brace, a line end.
constexpr std::size_t Tail = 32;

/// Appends within bounds. What does not fit is left out; callers ask `room` first.
class Line {
 public:
  explicit Line(RecordSpace space)
      : begin_(space.data()), at_(begin_), end_(begin_ + space.size()) {}

  [[nodiscard]] std::size_t room() const { return static_cast<std::size_t>(end_ - at_); }
  void put(std::string_view text) {
    const std::size_t size = std::min(text.size(), room());
    std::memcpy(at_, text.data(), size);
    at_ += size;
  }
  void put(char c) {
    if (at_ != end_) *at_++ = c;
  }
  void put_digits(unsigned value, int width) {
    std::array<char, 10> digits{};
    for (int i = width; i-- > 0; value /= 10) {
      digits[static_cast<std::size_t>(i)] = static_cast<char>('0' + value % 10);
    }
    put(std::string_view(digits.data(), static_cast<std::size_t>(width)));
  }
  [[nodiscard]] std::string_view text() const { return {begin_, at_}; }

 private:
  char* begin_;
  char* at_;
  char* end_;
};

enum class Quotes : std::uint8_t { Escaped, AsTheyAre };

[[nodiscard]] constexpr bool is_plain(unsigned char c) {
  return c >= 0x20 && c < 0x7f && c != '"' && c != '\\';
}

/// Characters that act on a terminal or hide text: C1 controls, line separators, direction marks.
[[nodiscard]] bool is_hidden(std::uint32_t c) {
  return (c >= 0x80 && c < 0xa0) || (c >= 0x200b && c <= 0x200f) || (c >= 0x2028 && c <= 0x202e) ||
         (c >= 0x2060 && c <= 0x206f) || c == 0xfeff;
}

[[nodiscard]] std::uint32_t decode(std::string_view sequence) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(sequence[i]); };
  std::uint32_t c = byte(0) & (0xffu >> (sequence.size() + 1));
  for (std::size_t i = 1; i < sequence.size(); ++i) c = (c << 6) | (byte(i) & 0x3fu);
  return c;
}

struct Escape {
  std::array<char, 6> text;
  std::uint8_t size;
};

[[nodiscard]] Escape unicode_escape(std::uint32_t c) {
  constexpr std::string_view Hex = "0123456789abcdef";
  return {{'\\', 'u', Hex[(c >> 12) & 15], Hex[(c >> 8) & 15], Hex[(c >> 4) & 15], Hex[c & 15]}, 6};
}

[[nodiscard]] Escape ascii_escape(unsigned char c, Quotes quotes) {
  switch (c) {
    case '\n': return {{'\\', 'n'}, 2};
    case '\r': return {{'\\', 'r'}, 2};
    case '\t': return {{'\\', 't'}, 2};
    case '\\': return {{'\\', '\\'}, 2};
    case '"':
      if (quotes == Quotes::AsTheyAre) return {{'"'}, 1};
      return {{'\\', '"'}, 2};
    default: return unicode_escape(c);
  }
}

/// What stands for the first character of `text`, and how much of `text` that was.
[[nodiscard]] std::string_view next_piece(std::string_view text, Quotes quotes, Escape& escape,
                                          std::size_t& taken) {
  const auto first = static_cast<unsigned char>(text.front());
  taken = 1;
  if (first < 0x80) {
    escape = ascii_escape(first, quotes);
    return {escape.text.data(), escape.size};
  }
  const std::size_t length = base::utf8_length(text);
  if (length == 0) return "\\ufffd";
  taken = length;
  const std::string_view sequence = text.substr(0, length);
  const std::uint32_t c = decode(sequence);
  if (!is_hidden(c)) return sequence;
  escape = unicode_escape(c);
  return {escape.text.data(), escape.size};
}

/// Escaped, at most `limit` bytes of output; with the mark when something is left out.
void put_escaped(Line& line, std::string_view text, std::size_t limit, Quotes quotes) {
  limit = std::min(limit, line.room() > Tail ? line.room() - Tail : 0);
  while (!text.empty()) {
    const auto plain = static_cast<std::size_t>(
        std::find_if(text.begin(), text.end(),
                     [](char c) { return !is_plain(static_cast<unsigned char>(c)); }) -
        text.begin());
    const std::size_t run = std::min(plain, limit);
    line.put(text.substr(0, run));
    limit -= run;
    text.remove_prefix(run);
    if (text.empty()) return;
    Escape escape;
    std::size_t taken = 0;
    const std::string_view piece = next_piece(text, quotes, escape, taken);
    if (run < plain || piece.size() > limit) return line.put(CutMark);
    line.put(piece);
    limit -= piece.size();
    text.remove_prefix(taken);
  }
}

void put_quoted(Line& line, std::string_view text, std::size_t limit) {
  line.put('"');
  put_escaped(line, text, limit, Quotes::Escaped);
  line.put('"');
}

void put_time(Line& line, std::chrono::microseconds time) {
  using namespace std::chrono;
  const auto day = floor<days>(time);
  const year_month_day date{sys_days(day)};
  const hh_mm_ss<microseconds> clock(time - day);
  const auto put = [&line](auto value, int width, char after) {
    line.put_digits(static_cast<unsigned>(value), width);
    line.put(after);
  };
  put(static_cast<int>(date.year()), 4, '-');
  put(static_cast<unsigned>(date.month()), 2, '-');
  put(static_cast<unsigned>(date.day()), 2, 'T');
  put(clock.hours().count(), 2, ':');
  put(clock.minutes().count(), 2, ':');
  put(clock.seconds().count(), 2, '.');
  put(clock.subseconds().count(), 6, 'Z');
}

[[nodiscard]] std::string_view name_of(Level level) {
  switch (level) {
    case Level::Debug: return "debug";
    case Level::Info: return "info";
    case Level::Warning: return "warning";
    case Level::Error: break;
  }
  return "error";
}

[[nodiscard]] std::string_view colour_of(Level level) {
  switch (level) {
    case Level::Debug: return "\x1b[2m";
    case Level::Info: return "\x1b[32m";
    case Level::Warning: return "\x1b[33m";
    case Level::Error: break;
  }
  return "\x1b[31m";
}

/// A field is written whole or, when even a cut one would not fit, not at all.
[[nodiscard]] bool has_room_for_field(const Line& line) {
  return line.room() > 6 * MaxKey + 2 * Tail;
}

[[nodiscard]] bool needs_quotes(std::string_view value) {
  return value.empty() || !std::all_of(value.begin(), value.end(), [](char c) {
           return base::is_letter(c) || base::is_digit(c) ||
                  std::string_view("_.:/@+-").find(c) != std::string_view::npos;
         });
}

}  // namespace

std::string_view format_json(const Record& record, RecordSpace space) noexcept {
  Line line(space);
  line.put(R"({"time":")");
  put_time(line, record.time);
  line.put(R"(","level":")");
  line.put(name_of(record.level));
  line.put(R"(","component":)");
  put_quoted(line, record.component, MaxKey);
  line.put(R"(,"message":)");
  put_quoted(line, record.message, MaxMessage);
  for (const Field& field : record.fields) {
    if (!has_room_for_field(line)) {
      line.put(R"(,"cut":"true")");
      break;
    }
    line.put(',');
    put_quoted(line, field.key, MaxKey);
    line.put(':');
    put_quoted(line, field.value, MaxValue);
  }
  line.put("}\n");
  return line.text();
}

std::string_view format_text(const Record& record, Paint paint, RecordSpace space) noexcept {
  constexpr std::size_t Widest = 8;
  Line line(space);
  put_time(line, record.time);
  line.put(' ');
  const std::string_view level = name_of(record.level);
  if (paint == Paint::Coloured) line.put(colour_of(record.level));
  line.put(level);
  if (paint == Paint::Coloured) line.put("\x1b[0m");
  line.put(std::string_view("        ").substr(0, Widest - level.size()));
  put_escaped(line, record.component, MaxKey, Quotes::AsTheyAre);
  line.put(": ");
  put_escaped(line, record.message, MaxMessage, Quotes::AsTheyAre);
  for (const Field& field : record.fields) {
    if (!has_room_for_field(line)) {
      line.put(" cut=true");
      break;
    }
    line.put(' ');
    put_escaped(line, field.key, MaxKey, Quotes::AsTheyAre);
    line.put('=');
    if (needs_quotes(field.value)) {
      put_quoted(line, field.value, MaxValue);
    } else {
      put_escaped(line, field.value, MaxValue, Quotes::AsTheyAre);
    }
  }
  line.put('\n');
  return line.text();
}

}  // namespace portico::services
