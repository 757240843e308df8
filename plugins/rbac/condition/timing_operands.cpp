// SPDX-License-Identifier: Apache-2.0
// Of the operands, hours and days.
#include "condition/operands.h"

namespace portico::rbac::condition {
namespace {

constexpr const char* HoursForm =
    R"(Write the hours: {"from": "08:00", "to": "18:00"}, with "offset": "+01:00" if they are not UTC.)";
constexpr const char* DaysForm =
    R"(Write the days: {"days": ["mon", "tue"]}, with "offset": "+01:00" if they are not UTC's.)";

}  // namespace

std::optional<int> Operands::time(Json::Value json, const Place& place, Parse parse,
                                  std::string_view sentence) {
  const std::string* const text = json.text();
  if (text != nullptr) {
    if (const auto value = parse(*text)) return value;
  }
  return refuse(place, std::string(sentence));
}

std::optional<int> Operands::offset(Json::Value json, const Place& place) {
  return time(json, place, parse_offset,
              R"(Write the offset from UTC: "Z", or "+01:00" up to 14 hours.)");
}

std::optional<Hours> Operands::hours(Json::Value json, const Place& place) {
  if (!json.is_object()) return refuse(place, HoursForm);
  constexpr std::string_view MinuteForm = R"(Write a time from "00:00" to "23:59".)";
  std::optional<int> from;
  std::optional<int> to;
  std::optional<int> east = 0;
  for (const Json::Value member : json) {
    const Place at(place, member.key());
    if (member.key() == "from") {
      from = time(member, at, parse_minute, MinuteForm);
    } else if (member.key() == "to") {
      to = time(member, at, parse_minute, MinuteForm);
    } else if (member.key() == "offset") {
      east = offset(member, at);
    } else {
      return refuse(at, HoursForm);
    }
    if (fault_) return std::nullopt;
  }
  if (!from || !to) return refuse(place, HoursForm);
  if (*from == *to) return refuse(place, "Write two different times; a whole day needs no hours.");
  return Hours{*from, *to, *east};
}

std::optional<std::uint8_t> Operands::days(Json::Value json, const Place& place) {
  constexpr std::string_view DayForm = R"(Write each day once: "mon", "tue", "wed", "thu", "fri", )"
                                       R"("sat" or "sun".)";
  if (!json.is_array() || json.size() == 0) return refuse(place, DaysForm);
  unsigned days = 0;
  std::size_t index = 0;
  for (const Json::Value each : json) {
    const Place at(place, index++);
    const auto day = time(each, at, parse_weekday, DayForm);
    if (!day) return std::nullopt;
    const unsigned bit = 1U << static_cast<unsigned>(*day);
    if ((days & bit) != 0) return refuse(at, std::string(DayForm));
    days |= bit;
  }
  return static_cast<std::uint8_t>(days);
}

std::optional<Weekdays> Operands::weekdays(Json::Value json, const Place& place) {
  if (!json.is_object()) return refuse(place, DaysForm);
  std::optional<std::uint8_t> listed;
  std::optional<int> east = 0;
  for (const Json::Value member : json) {
    const Place at(place, member.key());
    if (member.key() == "days") {
      listed = days(member, at);
    } else if (member.key() == "offset") {
      east = offset(member, at);
    } else {
      return refuse(at, DaysForm);
    }
    if (fault_) return std::nullopt;
  }
  if (!listed) return refuse(place, DaysForm);
  return Weekdays{*listed, *east};
}

}  // namespace portico::rbac::condition
