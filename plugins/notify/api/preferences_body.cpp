// SPDX-License-Identifier: Apache-2.0
#include "api/preferences_body.h"

#include "schedule/quiet_hours.h"
#include "schedule/zone.h"
#include "shared/refusal.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <utility>

namespace portico::notify {
namespace {

constexpr std::size_t MostNamed = 100;
constexpr std::size_t MostZone = 64;
constexpr std::string_view NoDigest = "off";

const CategorySettings& category_of(const Config& config, const std::string& name,
                                    std::string_view member) {
  const auto found = config.categories.find(name);
  if (found != config.categories.end()) return found->second;
  throw Refusal::of_field("/" + std::string(member), "category_unknown",
                          "There is no such category; GET shows those that there are.");
}

/// "22:00", which was checked, in minutes.
std::int64_t minutes_of(std::string_view text) {
  const auto digit = [&](std::size_t at) { return static_cast<std::int64_t>(text.at(at) - '0'); };
  return (digit(0) * 10 + digit(1)) * 60 + digit(3) * 10 + digit(4);
}

std::string clock_text(std::int64_t minutes) {
  std::array<char, 8> text{};
  std::snprintf(text.data(), text.size(), "%02d:%02d", static_cast<int>(minutes / 60 % 24),
                static_cast<int>(minutes % 60));
  return text.data();
}

void set_quiet(Habits& habits, const QuietBody& quiet) {
  if (quiet.from.empty() && quiet.to.empty()) {
    habits.quiet_from.reset();
    habits.quiet_to.reset();
    return;
  }
  const auto hours = QuietHours::parse(quiet.from, quiet.to, habits.timezone);
  if (const auto* const fault = std::get_if<ScheduleFault>(&hours)) {
    throw Refusal::of_field("/quiet", "quiet_invalid", fault->sentence);
  }
  habits.quiet_from = minutes_of(quiet.from);
  habits.quiet_to = minutes_of(quiet.to);
}

}  // namespace

void QuietBody::describe(Schema<QuietBody>& s) {
  s.summary("Hours in which nothing comes that can wait; {} where there are none.");
  s.field("from", &QuietBody::from, "\"22:00\".").max(5);
  s.field("to", &QuietBody::to, "\"07:00\".").max(5);
}

void PreferencesBody::describe(Schema<PreferencesBody>& s) {
  s.summary("What the caller wishes. What is not named stays as it is.");
  s.field("categories", &PreferencesBody::categories,
          "By category and channel, whether its messages come: {news: {email: false}}.")
      .max(MostNamed);
  s.field("quiet", &PreferencesBody::quiet, "Hours in which nothing comes that can wait.");
  s.field("timezone", &PreferencesBody::timezone, "Of these hours: \"Europe/Vienna\".")
      .max(MostZone);
  s.field("digest", &PreferencesBody::digest,
          "By category, whether its mails come together: `hourly`, `daily` or `off`.")
      .max(MostNamed)
      .check([](std::string_view text) {
        const bool good = text == "hourly" || text == "daily" || text == NoDigest;
        return good ? std::string() : "is none; write hourly, daily or off";
      });
}

std::vector<Preference> PreferencesBody::preferences(const Config& config,
                                                     std::span<const std::string> known) const {
  std::vector<Preference> all;
  for (const auto& [category, channels] : categories) {
    const bool critical = category_of(config, category, "categories").critical;
    for (const auto& [channel, enabled] : channels) {
      if (std::ranges::find(known, channel) == known.end()) {
        throw Refusal::of_field("/categories/" + category, "channel_unknown",
                                "There is no such channel; GET shows those that there are.");
      }
      if (critical && !enabled) {
        std::string where = "/categories/";
        where.append(category).append("/").append(channel);
        throw Refusal::of_field(std::move(where), "category_critical",
                                "These messages cannot be turned off.");
      }
      all.push_back({category, channel, enabled});
    }
  }
  return all;
}

Habits PreferencesBody::habits(Habits known, const Config& config,
                               const std::string& otherwise) const {
  if (timezone) {
    if (schedule::Zone::find(*timezone) == nullptr) {
      throw Refusal::of_field("/timezone", "timezone_unknown",
                              "There is no such zone of time; write one such as Europe/Berlin.");
    }
    known.timezone = *timezone;
  }
  if (known.timezone.empty()) known.timezone = otherwise;
  if (quiet) set_quiet(known, *quiet);
  for (const auto& [category, window] : digest) {
    if (category_of(config, category, "digest").critical && window != NoDigest) {
      throw Refusal::of_field("/digest/" + category, "category_critical",
                              "These messages are not held back.");
    }
    if (window == NoDigest) {
      known.digest.erase(category);
    } else {
      known.digest[category] = window;
    }
  }
  return known;
}

void CategoryView::describe(Schema<CategoryView>& s) {
  s.summary("A kind of messages.");
  s.field("title", &CategoryView::title, "What people call it.");
  s.field("critical", &CategoryView::critical, "Nobody turns it off.");
  s.field("channels", &CategoryView::channels, "By channel, whether its messages come.");
}

void PreferencesView::describe(Schema<PreferencesView>& s) {
  s.summary("What the caller wishes.");
  s.field("categories", &PreferencesView::categories, "All kinds of messages that there are.");
  s.field("quiet", &PreferencesView::quiet, "Hours in which nothing comes that can wait.");
  s.field("timezone", &PreferencesView::timezone, "Of these hours.");
  s.field("digest", &PreferencesView::digest, "Of which categories mails come together.");
}

PreferencesView view_of(const Config& config, std::span<const std::string> channels,
                        std::span<const Preference> preferences, const Habits& habits) {
  PreferencesView view;
  for (const auto& [name, settings] : config.categories) {
    CategoryView& category = view.categories[name];
    category.title = settings.title.empty() ? name : settings.title;
    category.critical = settings.critical;
    for (const std::string& channel : channels) category.channels[channel] = true;
  }
  // What the file no longer has is not shown, and what has become critical is on.
  for (const Preference& each : preferences) {
    const auto category = view.categories.find(each.category);
    if (category == view.categories.end() || category->second.critical) continue;
    const auto channel = category->second.channels.find(each.channel);
    if (channel != category->second.channels.end()) channel->second = each.enabled;
  }
  if (habits.quiet_from && habits.quiet_to) {
    view.quiet = QuietBody{clock_text(*habits.quiet_from), clock_text(*habits.quiet_to)};
  }
  if (!habits.timezone.empty()) view.timezone = habits.timezone;
  for (const auto& [category, window] : habits.digest) {
    if (view.categories.contains(category)) view.digest.emplace(category, window);
  }
  return view;
}

}  // namespace portico::notify
