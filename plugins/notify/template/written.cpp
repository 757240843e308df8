// SPDX-License-Identifier: Apache-2.0
#include "template/written.h"

#include "shared/code_points.h"
#include "template/links.h"

#include <algorithm>

namespace portico::notify::templates {
namespace {

/// How many characters there are before one that may be dropped.
std::size_t plain_ascii(std::string_view text) noexcept {
  const auto* const end =
      std::find_if(text.begin(), text.end(), [](char c) { return c < 0x20 || c >= 0x7F; });
  return static_cast<std::size_t>(end - text.begin());
}

std::string cleaned(std::string_view value, std::string_view line_end, std::string_view tab) {
  std::string clean;
  clean.reserve(value.size());
  while (!value.empty()) {
    const std::size_t plain = plain_ascii(value);
    clean += value.substr(0, plain);
    value.remove_prefix(plain);
    if (value.empty()) break;
    const auto point = first_code_point(value);
    const std::size_t bytes = point ? point->bytes : 1;
    const bool pair = value.starts_with("\r\n");
    if (!point) {
      clean += "\xEF\xBF\xBD";
    } else if (point->value == '\n' || point->value == '\r' || is_separator(point->value)) {
      clean += line_end;
    } else if (point->value == '\t') {
      clean += tab;
    } else if (!is_control(point->value) && !turns_direction(point->value)) {
      clean += value.substr(0, bytes);
    }
    value.remove_prefix(pair ? 2 : bytes);
  }
  return clean;
}

std::string_view reference_for(char c) noexcept {
  switch (c) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return "&quot;";
    case '\'': return "&#39;";
    default: return {};
  }
}

std::string escaped(std::string_view text) {
  std::string html;
  html.reserve(text.size());
  for (const char c : text) {
    const std::string_view reference = reference_for(c);
    reference.empty() ? html += c : html += reference;
  }
  return html;
}

}  // namespace

std::string written(std::string_view value, Place place) {
  switch (place) {
    case Place::Text: return cleaned(value, "\n", "\t");
    case Place::Line: return cleaned(value, " ", " ");
    case Place::Html: return escaped(cleaned(value, "\n", "\t"));
    case Place::Url: return escaped(safe_link(value));
    case Place::UrlPart: return percent_encoded(cleaned(value, " ", " "));
    case Place::AddressPart: return percent_encoded(cleaned(value, " ", " "), "@+");
  }
  return {};
}

}  // namespace portico::notify::templates
