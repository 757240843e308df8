// SPDX-License-Identifier: Apache-2.0
#include "template/texts.h"

#include "shared/ascii.h"
#include "template/locale.h"

#include <utility>

namespace portico::notify {

std::variant<Parts, Parts::Fault> Parts::parse(const Sources& sources) {
  struct Row {
    Escape escape;
    std::string_view source;
    std::optional<Template> Parts::*part;
  };
  Parts parts;
  for (const Row& row : {Row{Escape::Line, sources.subject, &Parts::subject_},
                         Row{Escape::Text, sources.text, &Parts::text_},
                         Row{Escape::Html, sources.html, &Parts::html_}}) {
    if (row.source.empty()) continue;
    auto parsed = Template::parse(row.source, row.escape);
    if (auto* const fault = std::get_if<TemplateFault>(&parsed)) {
      return Fault{row.escape, std::move(*fault)};
    }
    parts.*row.part = std::get<Template>(std::move(parsed));
  }
  return parts;
}

const Template* Parts::part(Escape escape) const noexcept {
  const std::optional<Template>& part = escape == Escape::Line   ? subject_
                                        : escape == Escape::Text ? text_
                                                                 : html_;
  return part ? &*part : nullptr;
}

std::string Parts::fault_as_mail() const {
  if (!subject_) return "A mail has a subject: write one.";
  if (!text_ && !html_) return "A mail has a text or html: write one of them.";
  return {};
}

void Texts::put(std::string_view locale, std::shared_ptr<const Parts> parts) {
  choices_.insert_or_assign(in_small_letters(locale),
                            Choice{std::string(locale), std::move(parts)});
}

const Texts::Choice* Texts::best(std::string_view locale, std::string_view fallback) const {
  for (const std::string_view wanted : {locale, fallback}) {
    for (const std::string& each : locales_from(wanted)) {
      if (const auto found = choices_.find(each); found != choices_.end()) return &found->second;
    }
  }
  return choices_.empty() ? nullptr : &choices_.begin()->second;
}

}  // namespace portico::notify
