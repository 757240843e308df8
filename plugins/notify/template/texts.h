// SPDX-License-Identifier: Apache-2.0
// One template as it is written: a subject, a text and HTML, in several locales. Values; read by
// any number of threads at once.
#pragma once

#include "template/template.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace portico::notify {

/// In one locale. A partial has the parts for which it is used; a mail has a subject, and a text or
/// HTML or both. An empty part is none: nothing is taken for it from another locale, for nobody
/// wants a mail in two languages.
class Parts {
 public:
  struct Sources {
    std::string_view subject{};
    std::string_view text{};
    std::string_view html{};
  };
  struct Fault {
    Escape part = Escape::Text;  ///< Which of them is faulty.
    TemplateFault fault;
  };

  [[nodiscard]] static std::variant<Parts, Fault> parse(const Sources& sources);

  /// Null: there is none.
  [[nodiscard]] const Template* part(Escape escape) const noexcept;
  /// Why this is no mail, in a sentence that says what to write; empty: it is one.
  [[nodiscard]] std::string fault_as_mail() const;

 private:
  Parts() = default;

  std::optional<Template> subject_;
  std::optional<Template> text_;
  std::optional<Template> html_;
};

/// In all locales that it is written in.
class Texts {
 public:
  struct Choice {
    std::string locale;  ///< As it was put.
    // Shared: a catalog is copied to change it, and its templates are not.
    std::shared_ptr<const Parts> parts;
  };

  /// In place of the one in that locale.
  void put(std::string_view locale, std::shared_ptr<const Parts> parts);
  /// "de-AT", else "de", else those of `fallback`, else any; null where it is written in none.
  [[nodiscard]] const Choice* best(std::string_view locale, std::string_view fallback) const;

 private:
  std::map<std::string, Choice, std::less<>> choices_;  // By the locale in lower case.
};

}  // namespace portico::notify
