// SPDX-License-Identifier: Apache-2.0
#include "message/query_edits.h"

#include "shared/ascii.h"

#include <algorithm>

namespace portico::proxy {
namespace {

constexpr double MostParameters = 100;

bool is_unreserved(char c) noexcept {
  return is_letter_or_digit(c) || c == '-' || c == '.' || c == '_' || c == '~';
}

std::string fault_of_parameter(std::string_view name) {
  return name.empty() ? "is empty; write a parameter's name" : std::string();
}

/// Takes one character of a parameter, decoded.
char take_character(std::string_view& text) noexcept {
  const char c = text.front();
  if (c == '%' && text.size() >= 3 && hex_value(text[1]) >= 0 && hex_value(text[2]) >= 0) {
    const int byte = hex_value(text[1]) * 16 + hex_value(text[2]);
    text.remove_prefix(3);
    return static_cast<char>(byte);
  }
  text.remove_prefix(1);
  return c == '+' ? ' ' : c;
}

}  // namespace

void QuerySettings::describe(Schema<QuerySettings>& s) {
  s.summary("What happens to the parameters of the query.");
  s.field("set", &QuerySettings::set, "Parameters that get this value, in the place of any other.")
      .max(MostParameters)
      .check_keys(fault_of_parameter)
      .example("{tenant: \"{path.tenant}\"}");
  s.field("add", &QuerySettings::add, "Parameters that are added to those that are there.")
      .max(MostParameters)
      .check_keys(fault_of_parameter);
  s.field("remove", &QuerySettings::remove, "Parameters that are taken away.")
      .max(MostParameters)
      .check(fault_of_parameter)
      .example("[debug]");
}

bool means(std::string_view written, std::string_view name) noexcept {
  while (!written.empty() && !name.empty()) {
    if (take_character(written) != name.front()) return false;
    name.remove_prefix(1);
  }
  return written.empty() && name.empty();
}

void append_encoded(std::string_view text, Draft& draft) {
  constexpr std::string_view Hex = "0123456789ABCDEF";
  for (const char c : text) {
    if (is_unreserved(c)) {
      draft += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      draft += '%';
      draft += Hex[byte >> 4];
      draft += Hex[byte & 15];
    }
  }
}

QueryEdits::QueryEdits(const QuerySettings& settings) : gone_(settings.remove) {
  const auto keep = [this](const std::string& name, const Template& value) {
    Draft encoded;
    append_encoded(name, encoded);
    new_.emplace_back(std::move(encoded), value);
  };
  for (const auto& [name, value] : settings.set) {
    gone_.push_back(name);
    keep(name, value);
  }
  for (const auto& [name, value] : settings.add) keep(name, value);
}

std::string_view QueryEdits::apply(const Request& request, Draft& draft) const {
  draft.clear();
  std::string_view rest = request.query();
  while (!rest.empty()) {
    const std::string_view pair = take_until(rest, '&');
    const std::string_view name = pair.substr(0, pair.find('='));
    const auto is_gone = [name](const std::string& gone) { return means(name, gone); };
    if (std::ranges::any_of(gone_, is_gone)) continue;
    if (!draft.empty()) draft += '&';
    draft += pair;
  }
  for (const auto& [name, value] : new_) {
    if (!draft.empty()) draft += '&';
    draft += name;
    draft += '=';
    append_encoded(value.render(request), draft);
  }
  return draft;
}

}  // namespace portico::proxy
