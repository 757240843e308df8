// SPDX-License-Identifier: Apache-2.0
// What a value asks of the chain that it is used in: facts that a middleware before it must give,
// and parts of the path that the route's pattern must name.
#include "base/text.h"
#include "config/binding.h"

namespace portico::config {
namespace {

using detail::FieldSchema;
using detail::Kind;
using detail::Type;

constexpr std::string_view OfThePath = "path.";
constexpr std::string_view OfTheUser = "user.";

/// The word that a Field::needs would name.
std::string_view word_in(const FieldSchema& field, const Type& type, const void* place) {
  switch (type.kind) {
    case Kind::Boolean: return type.load_integer(place) != 0 ? "true" : "false";
    case Kind::Choice: return field.word_of(type.load_integer(place));
    case Kind::Text: return *static_cast<const std::string*>(place);
    default: return {};
  }
}

/// The n-th thing in a container, which the binder itself has just filled.
void* element(const Target& container, std::size_t index, std::string_view* key) {
  return const_cast<void*>(container.type.at(container.place, index, key));
}

}  // namespace

bool Binding::facts(Mark mark, const Target& target) {
  if (target.type.kind == Kind::Template) return template_facts(mark, target);
  if (target.field.needs.empty()) return true;
  const std::string_view word = word_in(target.field, target.type, target.place);
  for (const detail::FieldNeed& wanted : target.field.needs) {
    if (wanted.word.empty() ? !word.empty() : wanted.word == word)
      need(mark, target, wanted.fact, word);
  }
  return true;
}

bool Binding::template_facts(Mark mark, const Target& target) {
  const auto& text = *static_cast<const Template*>(target.place);
  bool good = true;
  bool of_a_user = false;
  for (std::size_t i = 0; !text.variable(i).empty(); ++i) {
    const std::string_view name = text.variable(i);
    of_a_user |= name.starts_with(OfTheUser);
    if (context_.path_params == nullptr || !name.starts_with(OfThePath)) continue;
    if (context_.path_params->contains(name.substr(OfThePath.size()))) continue;
    std::string known;
    for (const std::string& param : *context_.path_params) {
      known += (known.empty() ? "" : ", ") + std::string("{path.") + param + '}';
    }
    good = fail(mark, target.step,
                "the route's path has no part named " + quoted(name.substr(OfThePath.size())),
                known.empty() ? "name one in match.path, as in /users/{id}" : "it has " + known);
  }
  if (of_a_user) need(mark, target, "identity", text.source());
  return good;
}

void Binding::need(Mark mark, const Target& target, std::string_view fact, std::string_view value) {
  context_.needs.push_back({std::string(fact), path_of(target.step), std::string(value), mark});
}

bool Binding::facts_below(Mark mark, const Target& target) {
  if (target.type.kind == Kind::Object) {
    bool good = true;
    for (const FieldSchema& field : target.type.object().fields()) {
      const Step step{target.step, field.name};
      good &= facts_below(mark, {field, *field.type, field.place_in(target.place), &step});
    }
    return good;
  }
  if (target.type.element == nullptr) return facts(mark, target);
  bool good = true;
  const std::size_t count = target.type.count(target.place);
  for (std::size_t i = 0; i < count; ++i) {
    std::string_view key;
    void* place = element(target, i, &key);
    const Step step{target.step, key, target.type.kind == Kind::List ? i : Step::NoIndex};
    const Step* way = target.type.kind == Kind::Optional ? target.step : &step;
    good &= facts_below(mark, {target.field, *target.type.element, place, way});
  }
  return good;
}

}  // namespace portico::config
