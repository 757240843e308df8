// SPDX-License-Identifier: Apache-2.0
#include "casbin/definition.h"

#include <algorithm>
#include <array>

namespace portico::rbac::casbin {
namespace {

std::string without_blanks(std::string_view text) {
  std::string dense;
  for (const char c : text) {
    if (c != ' ' && c != '\t') dense += c;
  }
  return dense;
}

/// What stands between "&&" outside of parentheses.
std::vector<std::string> terms_of(std::string_view text) {
  std::vector<std::string> terms(1);
  int depth = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '(') ++depth;
    if (text[i] == ')') --depth;
    if (depth == 0 && text.substr(i, 2) == "&&") {
      terms.emplace_back();
      ++i;
    } else {
      terms.back() += text[i];
    }
  }
  return terms;
}

/// "(one || other)", either way round.
bool is_either(std::string_view term, const std::string& one, const std::string& other) {
  return term == '(' + one + "||" + other + ')' || term == '(' + other + "||" + one + ')';
}

enum class Likeness { Unknown, Equal, EqualOrStar };

/// How the term compares that part, if it is the term of that part.
Likeness likeness_in(std::string_view term, const std::string& part) {
  const std::string asked = "r." + part;
  const std::string held = "p." + part;
  const std::array<std::string, 2> equal{asked + "==" + held, held + "==" + asked};
  if (std::find(equal.begin(), equal.end(), term) != equal.end()) return Likeness::Equal;
  // A "*" within a pattern is no whole name; the line of policy that has one does not map.
  if (term == "keyMatch(" + asked + ',' + held + ')') return Likeness::EqualOrStar;
  const std::string star = held + "==\"*\"";
  const bool either = is_either(term, equal[0], star) || is_either(term, equal[1], star);
  return either ? Likeness::EqualOrStar : Likeness::Unknown;
}

/// Takes the term of that part out of the terms.
Likeness take(std::vector<std::string>& terms, const std::string& part) {
  for (auto term = terms.begin(); term != terms.end(); ++term) {
    const Likeness likeness = likeness_in(*term, part);
    if (likeness == Likeness::Unknown) continue;
    terms.erase(term);
    return likeness;
  }
  return Likeness::Unknown;
}

}  // namespace

std::optional<Matcher> parse_matcher(std::string_view text, const Parts& parts) {
  std::vector<std::string> terms = terms_of(without_blanks(text));
  const std::string by_role =
      parts.domain ? "g(r.sub,p.sub,r." + parts.domain_name + ')' : "g(r.sub,p.sub)";
  const auto role = std::find(terms.begin(), terms.end(), by_role);
  Matcher matcher{.by_role = role != terms.end()};
  if (matcher.by_role) {
    terms.erase(role);
  } else if (take(terms, "sub") != Likeness::Equal) {
    return std::nullopt;
  }
  const Likeness object = take(terms, "obj");
  const Likeness action = take(terms, "act");
  const Likeness domain = parts.domain ? take(terms, parts.domain_name) : Likeness::Equal;
  if (object == Likeness::Unknown || action == Likeness::Unknown || domain == Likeness::Unknown ||
      !terms.empty()) {
    return std::nullopt;
  }
  matcher.any_object = object == Likeness::EqualOrStar;
  matcher.any_action = action == Likeness::EqualOrStar;
  matcher.any_domain = domain == Likeness::EqualOrStar;
  return matcher;
}

}  // namespace portico::rbac::casbin
