// SPDX-License-Identifier: Apache-2.0
// Durations and amounts of bytes.
#include "base/text.h"
#include "config/units.h"

#include <array>
#include <charconv>
#include <limits>
#include <span>
#include <utility>

namespace portico::config {
namespace {

struct Unit {
  std::string_view name;
  std::int64_t size;
};

/// In nanoseconds, the largest first.
constexpr std::array<Unit, 6> Times{{{"d", 86'400'000'000'000},
                                     {"h", 3'600'000'000'000},
                                     {"m", 60'000'000'000},
                                     {"s", 1'000'000'000},
                                     {"ms", 1'000'000},
                                     {"us", 1'000}}};
constexpr std::array<Unit, 5> Amounts{
    {{"TiB", 1LL << 40}, {"GiB", 1LL << 30}, {"MiB", 1LL << 20}, {"KiB", 1LL << 10}, {"B", 1}}};

/// What people write for a unit, and the one to write.
struct Habit {
  std::string_view written;
  std::string_view unit;
};
constexpr std::array<Habit, 16> TimeHabits{{{"sec", "s"},
                                            {"secs", "s"},
                                            {"second", "s"},
                                            {"seconds", "s"},
                                            {"min", "m"},
                                            {"mins", "m"},
                                            {"minute", "m"},
                                            {"minutes", "m"},
                                            {"hour", "h"},
                                            {"hours", "h"},
                                            {"day", "d"},
                                            {"days", "d"},
                                            {"msec", "ms"},
                                            {"millis", "ms"},
                                            {"usec", "us"},
                                            {"\xC2\xB5s", "us"}}};
constexpr std::array<Habit, 12> AmountHabits{{{"k", "KiB"},
                                              {"kb", "KiB"},
                                              {"kib", "KiB"},
                                              {"m", "MiB"},
                                              {"mb", "MiB"},
                                              {"mib", "MiB"},
                                              {"g", "GiB"},
                                              {"gb", "GiB"},
                                              {"gib", "GiB"},
                                              {"t", "TiB"},
                                              {"tb", "TiB"},
                                              {"tib", "TiB"}}};

const Unit* unit_named(std::span<const Unit> units, std::string_view name) noexcept {
  for (const Unit& unit : units) {
    if (unit.name == name) return &unit;
  }
  return nullptr;
}

std::string_view habit(std::span<const Habit> habits, std::string_view written) noexcept {
  for (const Habit& one : habits) {
    if (base::iequals(one.written, written)) return one.unit;
  }
  return {};
}

std::string quote(std::string_view text) { return '"' + base::shorten(text, 60) + '"'; }

/// A number and the word behind it.
struct Part {
  std::string_view digits;
  std::string_view unit;
};

Part take_part(std::string_view& rest) noexcept {
  std::size_t digits = 0;
  while (digits < rest.size() && base::is_digit(rest[digits])) ++digits;
  std::size_t end = digits;
  while (end < rest.size() && !base::is_digit(rest[end])) ++end;
  const Part part{rest.substr(0, digits), rest.substr(digits, end - digits)};
  rest.remove_prefix(end);
  return part;
}

/// What both kinds of amount refuse alike.
std::string general_fault(std::string_view text, std::string_view example) {
  if (text.empty()) return "is empty; write a value such as " + std::string(example);
  if (text.front() == '-') return quote(text) + " is negative; write 0 or more";
  if (text.find_first_of(" \t\r\n") != std::string_view::npos) {
    return quote(text) + " has a blank in it; write number and unit together, such as " +
           std::string(example);
  }
  if (text.find_first_of(".,_") != std::string_view::npos) {
    return quote(text) + " is not a whole number; write a smaller unit, such as " +
           std::string(example);
  }
  if (!base::is_digit(text.front())) {
    return quote(text) + " does not begin with a number; write a value such as " +
           std::string(example);
  }
  return {};
}

Error unknown_time_unit(std::string_view text, const Part& part) {
  if (const std::string_view meant = habit(TimeHabits, part.unit); !meant.empty()) {
    return Error(quote(part.unit) + " is not a unit; write " + std::string(part.digits) +
                 std::string(meant));
  }
  return Error(quote(part.unit) + " in " + quote(text) +
               " is not a unit; units are d, h, m, s, ms and us");
}

Error missing_time_unit(std::string_view text, std::string_view digits, std::string_view how) {
  std::string sentence = quote(text);
  sentence.append(" ").append(how).append(" unit; write ").append(digits).append("s, ");
  sentence.append(digits).append("ms or ").append(digits).append("m");
  return Error(std::move(sentence));
}

/// amount * size + total, when that fits.
bool add_product(std::uint64_t& total, std::string_view digits, std::int64_t size,
                 std::uint64_t most) noexcept {
  std::uint64_t amount = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), amount);
  if (read.ec != std::errc{}) return false;
  const auto factor = static_cast<std::uint64_t>(size);
  if (amount > (most - total) / factor) return false;
  total += amount * factor;
  return true;
}

}  // namespace

Result<std::chrono::nanoseconds> parse_duration(std::string_view text) {
  if (text == "0") return std::chrono::nanoseconds(0);
  if (std::string fault = general_fault(text, "1h30m or 500ms"); !fault.empty()) {
    return Error(std::move(fault));
  }
  constexpr auto Most = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
  std::uint64_t total = 0;
  const Unit* last = nullptr;
  for (std::string_view rest = text; !rest.empty();) {
    const Part part = take_part(rest);
    if (part.unit.empty()) {
      return missing_time_unit(text, part.digits, last == nullptr ? "has no" : "ends without a");
    }
    const Unit* unit = unit_named(Times, part.unit);
    if (unit == nullptr) return unknown_time_unit(text, part);
    if (last != nullptr && unit->size >= last->size) {
      return Error(quote(text) +
                   " mixes its units; write each once, the largest first, as in 1h30m");
    }
    if (!add_product(total, part.digits, unit->size, Most)) {
      return Error(quote(text) + " is too long; write less than 292 years");
    }
    last = unit;
  }
  return std::chrono::nanoseconds(static_cast<std::int64_t>(total));
}

std::string print_duration(std::chrono::nanoseconds duration) {
  // In the largest unit that divides it, unless that makes a number that nobody reads.
  constexpr std::int64_t Readable = 1000;
  std::int64_t left = duration.count();
  if (left < 0) return "-" + print_duration(std::chrono::nanoseconds(-(left + 1)));
  if (left < Times.back().size) return "0s";
  left -= left % Times.back().size;
  for (const Unit& unit : Times) {
    if (left % unit.size == 0 && left / unit.size < Readable) {
      return std::to_string(left / unit.size) + std::string(unit.name);
    }
  }
  std::string text;
  for (const Unit& unit : Times) {
    if (left < unit.size) continue;
    text += std::to_string(left / unit.size);
    text += unit.name;
    left %= unit.size;
  }
  return text;
}

Result<Bytes> parse_bytes(std::string_view text) {
  if (std::string fault = general_fault(text, "512KiB or 10MiB"); !fault.empty()) {
    return Error(std::move(fault));
  }
  std::string_view rest = text;
  const Part part = take_part(rest);
  const Unit* unit = part.unit.empty() ? &Amounts.back() : unit_named(Amounts, part.unit);
  if (unit == nullptr) {
    if (const std::string_view meant = habit(AmountHabits, part.unit); !meant.empty()) {
      return Error(quote(part.unit) + " is not a unit; write " + std::string(part.digits) +
                   std::string(meant));
    }
    return Error(quote(part.unit) + " in " + quote(text) +
                 " is not a unit; units are B, KiB, MiB, GiB and TiB");
  }
  if (!rest.empty())
    return Error(quote(text) + " is more than one amount; write one, such as 10MiB");
  Bytes amount;
  if (!add_product(amount.count, part.digits, unit->size,
                   std::numeric_limits<std::uint64_t>::max())) {
    return Error(quote(text) + " is too much; write less than 16777216TiB");
  }
  return amount;
}

std::string print_bytes(Bytes amount) {
  for (const Unit& unit : Amounts) {
    const auto size = static_cast<std::uint64_t>(unit.size);
    if (amount.count != 0 && amount.count % size == 0) {
      return std::to_string(amount.count / size) + std::string(unit.name);
    }
  }
  return "0B";
}

}  // namespace portico::config
