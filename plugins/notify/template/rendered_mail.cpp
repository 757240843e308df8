// SPDX-License-Identifier: Apache-2.0
#include "template/rendered_mail.h"

#include "template/html_text.h"
#include "template/render.h"

#include <array>
#include <map>
#include <optional>
#include <utility>

namespace portico::notify {
namespace {

constexpr std::array<Escape, 3> AllParts{Escape::Line, Escape::Text, Escape::Html};

/// As nothing that is given can be: what a mail says of its language is true.
Value with_locale(const Value& data, const std::string& locale) {
  Value::Map members = data.map() == nullptr ? Value::Map() : *data.map();
  members.insert_or_assign(std::string(LocaleVariable), Value(locale));
  return members;
}

std::string& part_of(RenderedMail& mail, Escape escape) noexcept {
  if (escape == Escape::Line) return mail.subject;
  return escape == Escape::Text ? mail.text : mail.html;
}

}  // namespace

std::variant<RenderedMail, RenderFault> render_mail(const Catalog& catalog, std::string_view key,
                                                    std::string_view locale, const Value& data) {
  const Texts::Choice* const choice = catalog.find(key, locale);
  if (choice != nullptr) return render_mail(catalog, *choice, data);
  return RenderFault{.kind = RenderFault::Kind::UnknownTemplate,
                     .name = std::string(key),
                     .sentence = "There is no template \"" + std::string(key) + "\"; write it."};
}

std::variant<RenderedMail, RenderFault> render_mail(const Catalog& catalog,
                                                    const Texts::Choice& choice,
                                                    const Value& data) {
  if (auto sentence = choice.parts->fault_as_mail(); !sentence.empty()) {
    return RenderFault{.kind = RenderFault::Kind::NoMail, .sentence = std::move(sentence)};
  }
  const LocalPartials partials(catalog, choice.locale);
  const Value given = with_locale(data, choice.locale);
  RenderedMail mail{.locale = choice.locale, .subject = {}, .text = {}, .html = {}};
  for (const Escape escape : AllParts) {
    const Template* const part = choice.parts->part(escape);
    if (part == nullptr) continue;
    auto rendered = render(*part, given, partials);
    if (auto* const fault = std::get_if<RenderFault>(&rendered)) return std::move(*fault);
    part_of(mail, escape) = std::get<std::string>(std::move(rendered));
  }
  if (choice.parts->part(Escape::Text) == nullptr) mail.text = text_of_html(mail.html);
  return mail;
}

std::variant<std::vector<Variable>, RenderFault> variables_of(const Catalog& catalog,
                                                              const Texts::Choice& choice) {
  const LocalPartials partials(catalog, choice.locale);
  std::map<std::pair<std::string, std::string>, bool> all;
  for (const Escape escape : AllParts) {
    const Template* const part = choice.parts->part(escape);
    if (part == nullptr) continue;
    auto variables = variables_of(*part, partials);
    if (auto* const fault = std::get_if<RenderFault>(&variables)) return std::move(*fault);
    for (Variable& each : std::get<std::vector<Variable>>(variables)) {
      if (each.name == LocaleVariable) continue;
      bool& required = all[{std::move(each.name), std::move(each.section)}];
      required = required || each.required;
    }
  }
  std::vector<Variable> sorted;
  sorted.reserve(all.size());
  for (const auto& [name, required] : all) sorted.push_back({name.first, name.second, required});
  return sorted;
}

}  // namespace portico::notify
