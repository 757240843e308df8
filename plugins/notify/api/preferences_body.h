// SPDX-License-Identifier: Apache-2.0
// What users wish, as requests write it and as answers show it.
#pragma once

#include "settings.h"
#include "store/wishes.h"
#include <portico/schema.h>

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace portico::notify {

struct QuietBody {
  std::string from;
  std::string to;

  static void describe(Schema<QuietBody>& s);
};

/// What is not named stays as it is.
struct PreferencesBody {
  std::map<std::string, std::map<std::string, bool>> categories;
  std::optional<QuietBody> quiet;
  std::optional<std::string> timezone;
  std::map<std::string, std::string> digest;

  static void describe(Schema<PreferencesBody>& s);

  /// Throws Refusal for what the file does not have, or does not let anybody turn off.
  [[nodiscard]] std::vector<Preference> preferences(const Config& config,
                                                    std::span<const std::string> channels) const;
  /// `otherwise`: the zone of who has none. Throws Refusal.
  [[nodiscard]] Habits habits(Habits known, const Config& config,
                              const std::string& otherwise) const;
};

struct CategoryView {
  std::string title;
  bool critical = false;
  std::map<std::string, bool> channels;

  static void describe(Schema<CategoryView>& s);
};

struct PreferencesView {
  std::map<std::string, CategoryView> categories;
  std::optional<QuietBody> quiet;
  std::optional<std::string> timezone;
  std::map<std::string, std::string> digest;

  static void describe(Schema<PreferencesView>& s);
};

/// All categories of the file, on where nobody has turned them off.
[[nodiscard]] PreferencesView view_of(const Config& config, std::span<const std::string> channels,
                                      std::span<const Preference> preferences,
                                      const Habits& habits);

}  // namespace portico::notify
