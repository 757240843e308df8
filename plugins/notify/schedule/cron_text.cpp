// SPDX-License-Identifier: Apache-2.0
#include "schedule/cron_text.h"

#include "schedule/text.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>
#include <vector>

namespace portico::notify::schedule {
namespace {

constexpr std::size_t MostSize = 256;
constexpr std::size_t Fields = 5;

constexpr std::array<std::string_view, 12> Months{"JAN", "FEB", "MAR", "APR", "MAY", "JUN",
                                                  "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"};
constexpr std::array<std::string_view, 7> Weekdays{"SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"};

constexpr std::array<std::pair<std::string_view, std::string_view>, 7> Names{
    {{"@yearly", "0 0 1 1 *"},
     {"@annually", "0 0 1 1 *"},
     {"@monthly", "0 0 1 * *"},
     {"@weekly", "0 0 * * 0"},
     {"@daily", "0 0 * * *"},
     {"@midnight", "0 0 * * *"},
     {"@hourly", "0 * * * *"}}};

std::vector<std::string_view> words_in(std::string_view text) {
  std::vector<std::string_view> words;
  while (true) {
    const std::size_t begin = text.find_first_not_of(" \t");
    if (begin == std::string_view::npos) return words;
    text.remove_prefix(begin);
    const std::size_t end = std::min(text.find_first_of(" \t"), text.size());
    words.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
}

}  // namespace

bool CronText::refuse(const Kind& kind, std::string_view why) {
  fault_ = "The " + std::string(kind.name) + " of the cron line " + std::string(why);
  return false;
}

std::optional<unsigned> CronText::value(std::string_view text, const Kind& kind) {
  for (std::size_t i = 0; i < kind.words.size(); ++i) {
    if (same_letters(text, kind.words[i])) return kind.least + static_cast<unsigned>(i);
  }
  const auto number = read_number(text);
  if (!number || static_cast<unsigned>(*number) < kind.least ||
      static_cast<unsigned>(*number) > kind.most) {
    (void)refuse(kind, "is *, or numbers from " + std::to_string(kind.least) + " to " +
                           std::to_string(kind.most) + ", as in 1,5-9,20-30/2.");
    return std::nullopt;
  }
  return static_cast<unsigned>(*number);
}

bool CronText::item(std::string_view text, const Kind& kind, Cron::Field& field) {
  const std::size_t slash = text.find('/');
  const std::string_view range = text.substr(0, slash);
  unsigned first = kind.least;
  unsigned last = kind.most;
  const std::size_t dash = range.find('-');
  if (range != "*") {
    const auto from = value(range.substr(0, dash), kind);
    const auto to = dash == std::string_view::npos ? from : value(range.substr(dash + 1), kind);
    if (!from || !to) return false;
    first = *from;
    // Sunday is 0 and 7: the last day of FRI-SUN.
    last = first > 0 && *to == 0 && kind.most == 7 ? 7 : *to;
    if (first > last) return refuse(kind, "has a range that goes back; write two of them.");
  }
  unsigned step = 1;
  if (slash != std::string_view::npos) {
    // Some programs take 5/10 for 5-59/10, and others for 5 alone.
    if (first == last) return refuse(kind, "has a step without a range, as in 0-30/10.");
    const auto given = read_number(text.substr(slash + 1));
    if (!given || *given < 1 || static_cast<unsigned>(*given) > last - first) {
      return refuse(kind, "has a step that is 0, longer than its range, or no number.");
    }
    step = static_cast<unsigned>(*given);
  }
  for (unsigned n = first; n <= last; n += step) field.bits |= std::uint64_t{1} << n;
  return true;
}

bool CronText::field(std::string_view text, const Kind& kind, Cron::Field& field) {
  field.any = text.starts_with('*');
  if (text.ends_with(',')) return refuse(kind, "ends with a comma.");
  while (!text.empty()) {
    if (!item(take_until(text, ','), kind, field)) return false;
  }
  return true;
}

std::variant<Cron, Fault> CronText::line(std::string_view text) {
  if (text.size() > MostSize) return Fault{"A cron line has at most 256 characters."};
  std::vector<std::string_view> words = words_in(text);
  if (words.size() == 1) {
    for (const auto& [name, meaning] : Names) {
      if (same_letters(words.front(), name)) return line(meaning);
    }
  }
  if (words.size() != Fields) {
    return Fault{
        "A cron line has five fields: minute, hour, day of month, month, day of week; or it is one "
        "of @hourly, @daily, @weekly, @monthly, @yearly."};
  }
  Cron cron;
  if (!field(words[0], {"minute", 0, 59}, cron.minutes_) ||
      !field(words[1], {"hour", 0, 23}, cron.hours_) ||
      !field(words[2], {"day of month", 1, 31}, cron.days_) ||
      !field(words[3], {"month", 1, 12, Months}, cron.months_) ||
      !field(words[4], {"day of week", 0, 7, Weekdays}, cron.weekdays_)) {
    return Fault{std::move(fault_)};
  }
  // Sunday is 0 and 7.
  if (cron.weekdays_.has(7)) cron.weekdays_.bits |= 1U;
  if (!cron.possible()) return Fault{"The cron line never comes: no such month has such a day."};
  return cron;
}

std::variant<Cron, Fault> Cron::parse(std::string_view text) { return CronText().line(text); }

}  // namespace portico::notify::schedule
