// SPDX-License-Identifier: Apache-2.0
// All templates there are, by their keys: those that mails are made of, and the partials and
// layouts that these name. Built once, then read by any number of threads at once; to change it,
// copy it, which copies no template.
#pragma once

#include "template/partials.h"
#include "template/texts.h"

#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace portico::notify {

class Catalog {
 public:
  /// `fallback` is the locale of who reads none of those that a template is written in.
  explicit Catalog(std::string fallback = "en") : fallback_(std::move(fallback)) {}

  /// In place of the one of that key in that locale.
  void put(std::string_view key, std::string_view locale, std::shared_ptr<const Parts> parts);

  /// In the locale, or the best there is; null where there is no such key.
  [[nodiscard]] const Texts::Choice* find(std::string_view key, std::string_view locale) const;

 private:
  std::string fallback_;
  std::map<std::string, Texts, std::less<>> texts_;
};

/// The partials of a template in one locale. Both must outlive it.
class LocalPartials final : public Partials {
 public:
  LocalPartials(const Catalog& catalog, std::string_view locale) noexcept
      : catalog_(catalog), locale_(locale) {}

  [[nodiscard]] const Template* find(std::string_view key, Escape escape) const override;

 private:
  const Catalog& catalog_;
  const std::string_view locale_;
};

}  // namespace portico::notify
