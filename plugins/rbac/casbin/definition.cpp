// SPDX-License-Identifier: Apache-2.0
#include "casbin/definition.h"

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

namespace portico::rbac::casbin {
namespace {

/// "name = value" below the head of a section, and where it begins.
struct Entry {
  Line line;
  std::string section{};
  std::string name{};
  std::string value{};
};

/// The text before a comment, and whether it goes on in the next line.
std::pair<std::string_view, bool> without_end(std::string_view text) {
  text = trimmed(text.substr(0, text.find_first_of("#;")));
  const bool goes_on = text.ends_with('\\');
  if (goes_on) text = trimmed(text.substr(0, text.size() - 1));
  return {text, goes_on};
}

std::vector<Entry> entries_of(std::string_view text) {
  std::vector<Entry> entries;
  std::string section;
  bool goes_on = false;
  for (const Line& line : lines_of(text, "#;")) {
    const bool follows = goes_on;
    std::string_view rest;
    std::tie(rest, goes_on) = without_end(line.text);
    if (rest.starts_with('[') && rest.ends_with(']')) {
      section = trimmed(rest.substr(1, rest.size() - 2));
      goes_on = false;
    } else if (follows) {
      entries.back().value.append(" ").append(rest);
    } else {
      const std::size_t sign = std::min(rest.find('='), rest.size());
      const std::string_view value = rest.substr(std::min(sign + 1, rest.size()));
      entries.push_back(
          {line, section, std::string(trimmed(rest.substr(0, sign))), std::string(trimmed(value))});
    }
  }
  return entries;
}

class Reader {
 public:
  explicit Reader(const std::vector<Entry>& entries) {
    for (const Entry& entry : entries) sort(entry);
  }

  ReadModel read() && {
    Definition definition;
    parts(definition);
    roles(definition);
    effect(definition);
    matcher(definition);
    if (!stopped_) result_.definition = std::move(definition);
    return std::move(result_);
  }

 private:
  enum Place : std::size_t { Request, Policy, Role, Effect, Match };
  struct Known {
    std::string_view section;
    std::string_view name;
  };
  static constexpr std::array<Known, 5> Places{{{"request_definition", "r"},
                                                {"policy_definition", "p"},
                                                {"role_definition", "g"},
                                                {"policy_effect", "e"},
                                                {"matchers", "m"}}};

  void sort(const Entry& entry) {
    for (std::size_t i = 0; i < Places.size(); ++i) {
      if (Places[i].section != entry.section || Places[i].name != entry.name) continue;
      if (found_[i]) return stop(entry.line, "This is there twice; keep one.");
      found_[i] = entry;
      return;
    }
    result_.unmapped.push_back(
        {entry.line, false, "Of a model r, p, g, e and m map, nothing else."});
  }

  void stop(const Line& line, std::string sentence) {
    stopped_ = true;
    result_.unmapped.push_back({line, true, std::move(sentence)});
  }

  /// The entry, or nothing where it had to be there.
  const Entry* needed(Place place) {
    if (found_[place]) return &*found_[place];
    stop({0, {}}, "The model has no \"" + std::string(Places[place].name) + " =\" below [" +
                      std::string(Places[place].section) + "].");
    return nullptr;
  }

  void parts(Definition& definition) {
    constexpr const char* Form =
        "Parts are sub, obj and act, in any order, and of p an eft; one more is the domain, by the "
        "same name in r and p.";
    const Entry* const request = needed(Request);
    const Entry* const policy = needed(Policy);
    if (request == nullptr || policy == nullptr) return;
    const auto asked = parse_parts(request->value);
    const auto held = parse_parts(policy->value);
    if (!asked || asked->effect) return stop(request->line, Form);
    if (!held || held->domain_name != asked->domain_name) return stop(policy->line, Form);
    definition.policy = *held;
  }

  void roles(Definition& definition) {
    if (!found_[Role]) return;
    std::string form = found_[Role]->value;
    std::erase_if(form, [](char c) { return c == ' ' || c == '\t'; });
    definition.role_fields = form == "_,_" ? 2 : 3;
    const bool has_domain = definition.policy.domain.has_value();
    if (form == (has_domain ? "_,_,_" : "_,_")) return;
    stop(found_[Role]->line, has_domain ? "With a domain in r and p, g has three: _, _, _."
                                        : "Without a domain in r and p, g has two: _, _.");
  }

  void effect(Definition& definition) {
    const Entry* const entry = needed(Effect);
    if (entry == nullptr) return;
    std::string form = entry->value;
    std::erase_if(form, [](char c) { return c == ' ' || c == '\t'; });
    std::replace(form.begin(), form.end(), '_', '.');
    constexpr std::string_view Allow = "some(where(p.eft==allow))";
    constexpr std::string_view AndNoDeny = "&&!some(where(p.eft==deny))";
    if (form == Allow) return;
    definition.denies = form == std::string(Allow).append(AndNoDeny);
    if (definition.denies) return;
    stop(
        entry->line,
        "Here nothing is allowed that no grant allows, and a deny wins: write some(where (p.eft == "
        "allow)), alone or with && !some(where (p.eft == deny)).");
  }

  void matcher(Definition& definition) {
    const Entry* const entry = needed(Match);
    if (entry == nullptr || definition.policy.count == 0) return;
    const auto matcher = parse_matcher(entry->value, definition.policy);
    if (!matcher) {
      return stop(
          entry->line,
          "A matcher maps that joins by && one comparison of each part: g(r.sub, p.sub), or "
          "with the domain as third, or r.sub == p.sub; and of the others ==, keyMatch or "
          "(r.obj == p.obj || p.obj == \"*\").");
    }
    definition.matcher = *matcher;
    if (matcher->by_role && definition.role_fields == 0 && !stopped_) {
      return stop(entry->line, "The matcher asks g, which [role_definition] does not define.");
    }
    if (!matcher->by_role) definition.role_fields = 0;
  }

  std::array<std::optional<Entry>, Places.size()> found_;
  ReadModel result_;
  bool stopped_ = false;
};

}  // namespace

ReadModel read_model(std::string_view text) { return Reader(entries_of(text)).read(); }

}  // namespace portico::rbac::casbin
