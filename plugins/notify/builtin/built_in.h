// SPDX-License-Identifier: Apache-2.0
// The templates that notify comes with: for each mail that auth asks for (`auth.<about>`), for
// notices (`notify.message`, `notify.digest`) and for what notify itself has to say, in English and
// in German, with the partials that they are made of. A site may put its own in place of each. Any
// thread.
#pragma once

#include "template/catalog.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace portico::notify {

struct BuiltIn {
  std::string_view key;
  std::string_view locale;
  std::string_view subject;  ///< Empty: it is a partial.
  std::string_view text;
  std::string_view html;
};

/// Ordered by locale, then as they were written. Lives as long as the program.
[[nodiscard]] std::span<const BuiltIn> built_in_templates();

/// All of them parsed; for a site's own to be put over.
[[nodiscard]] Catalog built_in_catalog(std::string fallback = "en");

/// What a mail takes beside what is in every one: `site`, the name of the site, which each needs,
/// and `unsubscribe`, a link, and `email`, whom it is for, which each shows where they are given.
struct BuiltInVariables {
  std::string_view key;
  std::vector<std::string_view> required{};
  std::vector<std::string_view> optional{};
};
[[nodiscard]] std::span<const BuiltInVariables> built_in_variables();

}  // namespace portico::notify
