// SPDX-License-Identifier: Apache-2.0
#include "services/log/record.h"

#include "base/text.h"
#include "services/log/line.h"

#include <algorithm>

namespace portico::services {
namespace {

void put_time(Line& line, std::chrono::microseconds time) {
  using namespace std::chrono;
  const auto day = floor<days>(time);
  const year_month_day date{sys_days(day)};
  const hh_mm_ss<microseconds> clock(time - day);
  const auto put = [&line](auto value, int width, char after) {
    line.put_digits(static_cast<std::uint64_t>(value), width);
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
  return line.room() > 6 * MaxKey + 2 * LineTail;
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
