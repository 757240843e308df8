// SPDX-License-Identifier: Apache-2.0
#include "model/permission.h"

#include "model/segments.h"

#include <cstddef>
#include <utility>

namespace portico::rbac {
namespace {

using Fault = Segments::Fault;

/// The text in quotes, short, and of characters that a log or a page shows.
std::string quoted(std::string_view text) {
  constexpr std::size_t Most = 80;
  std::string quote = "\"";
  for (const char c : text.substr(0, Most)) quote += c >= ' ' && c <= '~' && c != '"' ? c : '?';
  if (text.size() > Most) quote += "...";
  return quote + '"';
}

/// What comes after the quoted text.
std::string_view predicate(Fault fault) {
  switch (fault) {
    case Fault::TooFew:
      return " is one segment; write what is acted on and the action, as in \"orders:read\".";
    case Fault::TooMany:
      return " has more than 4 segments; write at most 4, as in \"orders:update:own\".";
    case Fault::EmptySegment:
      return " has an empty segment; write one colon between two segments and none at the ends.";
    case Fault::LongSegment:
      return " has a segment of more than 40 characters; write a shorter one.";
    case Fault::Character:
      return " holds a character that no segment may; write a-z, 0-9, '_' and '-' alone.";
    case Fault::Wildcard:
      return " is a pattern; write one permission without '*', as in \"orders:read\".";
    case Fault::PartOfOne:
      return " has a '*' within a segment; write it as a whole segment, as in \"orders:*\".";
    case Fault::RestBefore:
      return " has a \"**\" before other segments; write it last, as in \"orders:**\".";
    case Fault::None:
    case Fault::NoText: break;
  }
  return "";
}

std::string sentence(Fault fault, std::string_view text) {
  return quoted(text).append(predicate(fault));
}

/// The segment there of what both match; empty where they differ.
std::string_view common(const Segments& longer, const Segments& shorter, std::size_t index) {
  if (shorter.open() && index + 1 >= shorter.size()) return longer[index];
  if (longer[index] == Segments::One) return shorter[index];
  if (shorter[index] == Segments::One) return longer[index];
  return longer[index] == shorter[index] ? longer[index] : "";
}

}  // namespace

std::string fault_of_permission(std::string_view text) {
  const Fault fault = Segments::permission_fault(text);
  if (fault == Fault::None) return "";
  if (fault == Fault::NoText) return "There is no permission; write one, as in \"orders:read\".";
  return sentence(fault, text);
}

std::string fault_of_pattern(std::string_view text) {
  const Fault fault = Segments::pattern_fault(text);
  if (fault == Fault::None) return "";
  if (fault == Fault::NoText) return "There is no pattern; write one, as in \"orders:*\".";
  if (text == Segments::One) {
    return "\"*\" stands for one segment; write \"**\" for every permission.";
  }
  return sentence(fault, text);
}

std::string fault_of_role_name(std::string_view text) {
  constexpr std::size_t Least = 2;
  constexpr std::size_t Most = 63;
  if (text.size() < Least || text.size() > Most) {
    return quoted(text) + " is no name of a role; write 2 to 63 characters, as in \"editor\".";
  }
  if (text.front() < 'a' || text.front() > 'z') {
    return quoted(text) +
           " does not begin with a letter of a-z; write one first, as in \"editor\".";
  }
  if (text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_-") != text.npos) {
    return quoted(text) + " holds a character that no name may; write a-z, 0-9, '_' and '-' alone.";
  }
  return "";
}

bool matches(std::string_view pattern, std::string_view permission) noexcept {
  const Segments asked = Segments::of_permission(permission);
  return !asked.empty() && Segments::of_pattern(pattern).match(asked);
}

bool covers(std::string_view wider, std::string_view narrower) noexcept {
  const Segments wide = Segments::of_pattern(wider);
  const Segments narrow = Segments::of_pattern(narrower);
  // A "*" of a shape is a text that no literal equals: of the permissions that it stands for,
  // there are always some that no pattern names.
  for (std::size_t size = narrow.shortest(); size <= narrow.longest(); ++size) {
    if (!wide.match(narrow.shape(size))) return false;
  }
  return !narrow.empty();
}

std::string meet(std::string_view pattern, std::string_view other) {
  Segments longer = Segments::of_pattern(pattern);
  Segments shorter = Segments::of_pattern(other);
  if (longer.empty() || shorter.empty()) return "";
  // Of two that are as long the open one counts as the shorter: it sets no end.
  if (longer.size() < shorter.size() || (longer.size() == shorter.size() && longer.open())) {
    std::swap(longer, shorter);
  }
  if (shorter.size() < longer.size() && !shorter.open()) return "";
  std::string both;
  for (std::size_t i = 0; i < longer.size(); ++i) {
    const std::string_view part = common(longer, shorter, i);
    if (part.empty()) return "";
    both.append(both.empty() ? "" : ":").append(part);
  }
  return both;
}

}  // namespace portico::rbac
