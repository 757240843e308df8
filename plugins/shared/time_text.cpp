// SPDX-License-Identifier: Apache-2.0
#include "shared/time_text.h"

#include "shared/ascii.h"

#include <array>
#include <cstdio>

namespace portico {
inline namespace shared {
namespace {

/// Goes through a text from left to right. Once something was not as it must be, nothing is.
class Scanner {
 public:
  explicit Scanner(std::string_view text) noexcept : rest_(text) {}

  int number(std::size_t digits, int least, int most) noexcept {
    int value = 0;
    for (std::size_t i = 0; i < digits; ++i) value = value * 10 + digit();
    if (value < least || value > most) good_ = false;
    return value;
  }
  void expect(char c) noexcept {
    if (!take(c)) good_ = false;
  }
  bool take(char c) noexcept {
    if (!rest_.starts_with(c)) return false;
    rest_.remove_prefix(1);
    return true;
  }
  /// Behind the point of a second.
  std::chrono::microseconds fraction() noexcept {
    std::int64_t value = 0;
    std::int64_t unit = 1'000'000;
    do {
      unit /= 10;
      value += digit() * unit;
    } while (good_ && !rest_.empty() && is_digit(rest_.front()));
    return std::chrono::microseconds(value);
  }
  [[nodiscard]] bool ended_well() const noexcept { return good_ && rest_.empty(); }

 private:
  int digit() noexcept {
    if (rest_.empty() || !is_digit(rest_.front())) {
      good_ = false;
      return 0;
    }
    const int value = rest_.front() - '0';
    rest_.remove_prefix(1);
    return value;
  }

  std::string_view rest_;
  bool good_ = true;
};

std::chrono::minutes offset(Scanner& scanner) noexcept {
  using namespace std::chrono;
  if (scanner.take('Z')) return minutes(0);
  const bool east = scanner.take('+');
  if (!east) scanner.expect('-');
  const hours whole(scanner.number(2, 0, 23));
  scanner.expect(':');
  const minutes all = whole + minutes(scanner.number(2, 0, 59));
  return east ? all : -all;
}

}  // namespace

std::string time_text(Time since_1970) {
  using namespace std::chrono;
  const year_month_day date(sys_days(floor<days>(since_1970)));
  const hh_mm_ss time(floor<milliseconds>(since_1970 - floor<days>(since_1970)));
  std::array<char, 48> text{};
  const int size = std::snprintf(
      text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ",
      static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
      static_cast<unsigned>(date.day()), static_cast<int>(time.hours().count()),
      static_cast<int>(time.minutes().count()), static_cast<int>(time.seconds().count()),
      static_cast<int>(time.subseconds().count()));
  return {text.data(), static_cast<std::size_t>(size)};
}

std::optional<Time> parse_time(std::string_view text) noexcept {
  using namespace std::chrono;
  Scanner scanner(text);
  const year its_year(scanner.number(4, 1970, 9999));
  scanner.expect('-');
  const month its_month(static_cast<unsigned>(scanner.number(2, 1, 12)));
  scanner.expect('-');
  const day its_day(static_cast<unsigned>(scanner.number(2, 1, 31)));
  scanner.expect('T');
  Time since_midnight = hours(scanner.number(2, 0, 23));
  scanner.expect(':');
  since_midnight += minutes(scanner.number(2, 0, 59));
  scanner.expect(':');
  since_midnight += seconds(scanner.number(2, 0, 59));
  if (scanner.take('.')) since_midnight += scanner.fraction();
  const minutes east = offset(scanner);
  const year_month_day date(its_year, its_month, its_day);
  if (!scanner.ended_well() || !date.ok()) return std::nullopt;
  return sys_days(date).time_since_epoch() + since_midnight - east;
}

}  // namespace shared
}  // namespace portico
