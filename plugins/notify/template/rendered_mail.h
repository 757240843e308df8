// SPDX-License-Identifier: Apache-2.0
// The parts of a mail, filled in. Any thread.
#pragma once

#include "template/catalog.h"
#include "template/fault.h"
#include "template/value.h"
#include "template/variables.h"

#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace portico::notify {

struct RenderedMail {
  std::string locale;  ///< The one that it is written in.
  std::string subject;
  std::string text;
  std::string html;  ///< Empty: the text is all.
};

/// What every template may print without being given it: the locale that it is written in.
inline constexpr std::string_view LocaleVariable = "locale";

/// The template of that key, in the best locale. `data` is a map.
[[nodiscard]] std::variant<RenderedMail, RenderFault> render_mail(const Catalog& catalog,
                                                                  std::string_view key,
                                                                  std::string_view locale,
                                                                  const Value& data);
/// Of parts that are in no catalog, for a preview; the catalog has what they name.
[[nodiscard]] std::variant<RenderedMail, RenderFault> render_mail(const Catalog& catalog,
                                                                  const Texts::Choice& choice,
                                                                  const Value& data);

/// Of all parts; sorted by name.
[[nodiscard]] std::variant<std::vector<Variable>, RenderFault> variables_of(
    const Catalog& catalog, const Texts::Choice& choice);

}  // namespace portico::notify
