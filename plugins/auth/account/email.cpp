// SPDX-License-Identifier: Apache-2.0
#include "account/email.h"

#include "shared/ascii.h"

#include <algorithm>
#include <cstddef>

namespace portico::auth {
namespace {

constexpr std::size_t LeastSize = 3;
constexpr std::size_t MostSize = 254;
constexpr std::size_t MostLocal = 64;
constexpr std::size_t MostLabel = 63;

/// RFC 5322 atext.
bool is_atom(char c) {
  return is_letter(c) || is_digit(c) ||
         std::string_view("!#$%&'*+-/=?^_`{|}~").find(c) != std::string_view::npos;
}

/// Atoms with a dot between each two.
bool is_local(std::string_view text) {
  if (text.empty() || text.size() > MostLocal || text.front() == '.' || text.back() == '.' ||
      text.find("..") != std::string_view::npos) {
    return false;
  }
  return std::all_of(text.begin(), text.end(), [](char c) { return c == '.' || is_atom(c); });
}

bool is_label(std::string_view text) {
  if (text.empty() || text.size() > MostLabel || text.front() == '-' || text.back() == '-') {
    return false;
  }
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return c == '-' || is_letter(c) || is_digit(c); });
}

/// Two labels at least. A last one of digits alone would make it an address of the network.
bool is_domain(std::string_view text) {
  const std::size_t last_dot = text.rfind('.');
  if (last_dot == std::string_view::npos) return false;
  const std::string_view last = text.substr(last_dot + 1);
  if (std::all_of(last.begin(), last.end(), is_digit)) return false;
  while (true) {
    const std::size_t dot = text.find('.');
    if (!is_label(text.substr(0, dot))) return false;
    if (dot == std::string_view::npos) return true;
    text.remove_prefix(dot + 1);
  }
}

}  // namespace

std::string fault_of_email(std::string_view text) {
  text = without_outer_spaces(text);
  if (text.size() < LeastSize || text.size() > MostSize) {
    return "An e-mail address has 3 to 254 characters.";
  }
  if (!std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; })) {
    return "Write the e-mail address in ASCII; a domain of other letters begins with \"xn--\".";
  }
  const std::size_t at = text.find('@');
  if (at == std::string_view::npos || at != text.rfind('@')) {
    return "An e-mail address has one @, as in \"name@example.com\".";
  }
  if (!is_local(text.substr(0, at))) {
    return "What stands before the @ of the e-mail address is not accepted.";
  }
  if (!is_domain(text.substr(at + 1))) {
    return "What stands behind the @ of the e-mail address is not a domain.";
  }
  return {};
}

std::optional<Email> read_email(std::string_view text) {
  if (!fault_of_email(text).empty()) return std::nullopt;
  const std::string_view kept = without_outer_spaces(text);
  Email email{std::string(kept), std::string(kept)};
  std::transform(email.normal.begin(), email.normal.end(), email.normal.begin(), lower);
  return email;
}

}  // namespace portico::auth
