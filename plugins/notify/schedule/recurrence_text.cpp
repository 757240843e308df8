// SPDX-License-Identifier: Apache-2.0
#include "schedule/recurrence_text.h"

#include "schedule/date_time_text.h"
#include "schedule/text.h"

#include <algorithm>
#include <array>
#include <utility>

namespace portico::notify::schedule {
namespace {

constexpr std::size_t MostSize = 512;
constexpr int MostInterval = 100'000;
constexpr int MostCount = 10'000;
constexpr std::string_view Prefix = "RRULE:";

constexpr std::array<std::string_view, 6> Frequencies{"MINUTELY", "HOURLY",  "DAILY",
                                                      "WEEKLY",   "MONTHLY", "YEARLY"};
constexpr std::array<std::string_view, 7> Weekdays{"SU", "MO", "TU", "WE", "TH", "FR", "SA"};

template <std::size_t N>
std::optional<unsigned> index_of(std::string_view word,
                                 const std::array<std::string_view, N>& words) {
  for (std::size_t i = 0; i < N; ++i) {
    if (same_letters(word, words[i])) return static_cast<unsigned>(i);
  }
  return std::nullopt;
}

}  // namespace

const RecurrenceText::Part RecurrenceText::Parts[] = {
    {"FREQ", &RecurrenceText::frequency},        {"INTERVAL", &RecurrenceText::interval},
    {"COUNT", &RecurrenceText::count},           {"UNTIL", &RecurrenceText::until},
    {"WKST", &RecurrenceText::week_start},       {"BYMONTH", &RecurrenceText::months},
    {"BYWEEKNO", &RecurrenceText::weeks},        {"BYYEARDAY", &RecurrenceText::year_days},
    {"BYMONTHDAY", &RecurrenceText::month_days}, {"BYDAY", &RecurrenceText::days},
    {"BYHOUR", &RecurrenceText::hours},          {"BYMINUTE", &RecurrenceText::minutes},
    {"BYSECOND", &RecurrenceText::seconds},      {"BYSETPOS", &RecurrenceText::positions}};

bool RecurrenceText::refuse(std::string sentence) {
  fault_ = std::move(sentence);
  return false;
}

bool RecurrenceText::frequency(std::string_view value) {
  const auto index = index_of(value, Frequencies);
  if (!index) {
    return refuse("FREQ is MINUTELY, HOURLY, DAILY, WEEKLY, MONTHLY or YEARLY.");
  }
  rule_.frequency = static_cast<Frequency>(*index);
  return true;
}

bool RecurrenceText::interval(std::string_view value) {
  const auto number = read_number(value);
  if (!number || *number < 1 || *number > MostInterval) {
    return refuse("INTERVAL is a number from 1 to 100000.");
  }
  rule_.interval = *number;
  return true;
}

bool RecurrenceText::count(std::string_view value) {
  rule_.count = read_number(value);
  if (!rule_.count || *rule_.count < 1 || *rule_.count > MostCount) {
    return refuse("COUNT is a number from 1 to 10000.");
  }
  return true;
}

bool RecurrenceText::until(std::string_view value) {
  const auto time = read_date_time(value);
  if (!time) return refuse("UNTIL is a time such as 20261231T220000Z, or a date.");
  rule_.until = {time->time, time->local};
  return true;
}

bool RecurrenceText::week_start(std::string_view value) {
  const auto index = index_of(value, Weekdays);
  if (!index) return refuse("WKST is one of SU, MO, TU, WE, TH, FR, SA.");
  rule_.week_start = std::chrono::weekday(*index);
  return true;
}

std::optional<std::vector<int>> RecurrenceText::list(std::string_view value, int least, int most,
                                                     Signs signs) {
  std::vector<int> numbers;
  while (true) {
    const std::size_t comma = value.find(',');
    std::string_view text = value.substr(0, comma);
    const bool back = signs == Signs::Back && text.starts_with('-');
    if (signs == Signs::Back && (back || text.starts_with('+'))) text.remove_prefix(1);
    const auto number = read_number(text);
    if (!number || *number < least || *number > most) {
      (void)refuse(std::string(name_) + " has numbers from " + std::to_string(least) + " to " +
                   std::to_string(most) +
                   (signs == Signs::Back ? ", or with a minus sign from the back." : "."));
      return std::nullopt;
    }
    numbers.push_back(back ? -*number : *number);
    if (comma == std::string_view::npos) return numbers;
    value.remove_prefix(comma + 1);
  }
}

template <std::size_t Most>
bool RecurrenceText::ordinals(std::string_view value, Ordinals<Most>& into) {
  const auto numbers = list(value, 1, static_cast<int>(Most), Signs::Back);
  if (!numbers) return false;
  for (const int n : *numbers) {
    (n > 0 ? into.front : into.back).set(static_cast<std::size_t>(n > 0 ? n : -n));
  }
  return true;
}

bool RecurrenceText::weeks(std::string_view value) { return ordinals(value, rule_.weeks); }
bool RecurrenceText::year_days(std::string_view value) { return ordinals(value, rule_.year_days); }
bool RecurrenceText::month_days(std::string_view value) {
  return ordinals(value, rule_.month_days);
}

bool RecurrenceText::months(std::string_view value) {
  const auto numbers = list(value, 1, 12, Signs::None);
  if (!numbers) return false;
  for (const int n : *numbers) rule_.months.set(static_cast<std::size_t>(n));
  return true;
}

bool RecurrenceText::hours(std::string_view value) {
  const auto numbers = list(value, 0, 23, Signs::None);
  if (!numbers) return false;
  for (const int n : *numbers) rule_.hours.set(static_cast<std::size_t>(n));
  return true;
}

bool RecurrenceText::minutes(std::string_view value) {
  const auto numbers = list(value, 0, 59, Signs::None);
  if (!numbers) return false;
  for (const int n : *numbers) rule_.minutes.set(static_cast<std::size_t>(n));
  return true;
}

bool RecurrenceText::seconds(std::string_view value) {
  const auto numbers = list(value, 0, 59, Signs::None);
  if (!numbers) return false;
  if (numbers->size() != 1) return refuse("BYSECOND is one number: nothing comes more often.");
  rule_.second = numbers->front();
  return true;
}

bool RecurrenceText::positions(std::string_view value) {
  auto numbers = list(value, 1, 366, Signs::Back);
  if (!numbers) return false;
  rule_.positions = *std::move(numbers);
  return true;
}

bool RecurrenceText::days(std::string_view value) {
  while (true) {
    const std::size_t comma = value.find(',');
    std::string_view text = value.substr(0, comma);
    const std::string_view word = text.size() < 2 ? text : text.substr(text.size() - 2);
    text.remove_suffix(word.size());
    const auto index = index_of(word, Weekdays);
    int ordinal = 0;
    if (index && !text.empty()) {
      const auto numbers = list(text, 1, 53, Signs::Back);
      if (!numbers) return false;
      ordinal = numbers->front();
    }
    if (!index) return refuse("BYDAY has days such as MO,TU or, of a month or year, 1MO,-1FR.");
    rule_.days.push_back({ordinal, std::chrono::weekday(*index)});
    if (comma == std::string_view::npos) return true;
    value.remove_prefix(comma + 1);
  }
}

bool RecurrenceText::part(std::string_view text) {
  const std::size_t equals = text.find('=');
  const std::string_view name = text.substr(0, equals);
  for (const Part& each : Parts) {
    if (equals == std::string_view::npos || !same_letters(name, each.name)) continue;
    name_ = each.name;
    if (std::find(seen_.begin(), seen_.end(), each.name) != seen_.end()) {
      return refuse("Write " + std::string(each.name) + " once.");
    }
    seen_.push_back(each.name);
    return (this->*each.read)(text.substr(equals + 1));
  }
  return refuse(
      "A rule has parts such as FREQ=WEEKLY;BYDAY=MO,FR with a semicolon between each two; this "
      "one has another part.");
}

bool RecurrenceText::days_agree() {
  const bool weekly = rule_.frequency == Frequency::Weekly;
  const bool yearly = rule_.frequency == Frequency::Yearly;
  const bool numbered = std::any_of(rule_.days.begin(), rule_.days.end(),
                                    [](const auto& day) { return day.ordinal != 0; });
  if (!rule_.weeks.empty() && !yearly) return refuse("BYWEEKNO is for FREQ=YEARLY.");
  if (numbered && ((!yearly && rule_.frequency != Frequency::Monthly) || !rule_.weeks.empty())) {
    return refuse("A number in BYDAY, as in 1MO, is for FREQ=MONTHLY, or YEARLY without BYWEEKNO.");
  }
  if (!rule_.month_days.empty() && weekly) return refuse("BYMONTHDAY is not for FREQ=WEEKLY.");
  if (!rule_.year_days.empty() &&
      (weekly || rule_.frequency == Frequency::Monthly || rule_.frequency == Frequency::Daily)) {
    return refuse("BYYEARDAY is for FREQ=YEARLY, HOURLY or MINUTELY.");
  }
  return true;
}

bool RecurrenceText::agrees() {
  if (seen_.empty() || std::find(seen_.begin(), seen_.end(), "FREQ") == seen_.end()) {
    return refuse("A rule has a part FREQ, as in FREQ=DAILY.");
  }
  if (rule_.count && rule_.until) return refuse("Write COUNT or UNTIL, not both.");
  const bool restricted = std::any_of(seen_.begin(), seen_.end(), [](std::string_view name) {
    return name.starts_with("BY") && name != "BYSETPOS";
  });
  if (!rule_.positions.empty() && !restricted) {
    return refuse("BYSETPOS chooses of what another part, such as BYDAY, gives.");
  }
  return days_agree();
}

std::variant<RecurrenceRule, Fault> RecurrenceText::rule(std::string_view text) {
  if (text.size() > MostSize) return Fault{"A rule has at most 512 characters."};
  if (same_letters(text.substr(0, Prefix.size()), Prefix)) text.remove_prefix(Prefix.size());
  while (true) {
    const std::size_t end = text.find(';');
    if (!part(text.substr(0, end))) return Fault{std::move(fault_)};
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  if (!agrees()) return Fault{std::move(fault_)};
  return std::move(rule_);
}

std::variant<RecurrenceRule, Fault> RecurrenceRule::parse(std::string_view text) {
  return RecurrenceText().rule(text);
}

}  // namespace portico::notify::schedule
