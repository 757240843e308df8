// SPDX-License-Identifier: Apache-2.0
#include "casbin/csv.h"

#include "casbin/lines.h"

#include <cstddef>

namespace portico::rbac::casbin {
namespace {

/// Takes a field that begins with a quote, and the quote that ends it, from the front of the text.
std::optional<std::string> take_quoted(std::string_view& text) {
  std::string field;
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (text[i] != '"') {
      field += text[i];
    } else if (i + 1 < text.size() && text[i + 1] == '"') {
      field += text[i++];
    } else {
      text.remove_prefix(i + 1);
      return field;
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::vector<std::string>> fields_of(std::string_view line) {
  std::vector<std::string> fields;
  while (true) {
    line = trimmed(line);
    std::optional<std::string> quoted;
    if (line.starts_with('"')) {
      quoted = take_quoted(line);
      if (!quoted) return std::nullopt;
    }
    const std::size_t comma = line.find(',');
    const std::string_view rest = trimmed(line.substr(0, comma));
    if (quoted ? !rest.empty() : rest.find('"') != std::string_view::npos) return std::nullopt;
    fields.push_back(quoted ? *quoted : std::string(rest));
    if (comma == std::string_view::npos) return fields;
    line.remove_prefix(comma + 1);
  }
}

}  // namespace portico::rbac::casbin
