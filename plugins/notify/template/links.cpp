// SPDX-License-Identifier: Apache-2.0
#include "template/links.h"

#include "shared/ascii.h"
#include "shared/code_points.h"

#include <algorithm>
#include <array>

namespace portico::notify::templates {
namespace {

constexpr std::array<std::string_view, 4> Schemes{"https:", "http:", "mailto:", "tel:"};
constexpr std::string_view Unreserved = "-._~";
/// And "%", which begins what is encoded already.
constexpr std::string_view OfLinks = ":/?#[]@!$&'()*+,;=%";

/// The first characters of a link would be those of another one, or it would be shown as another.
bool has_hidden(std::string_view text) noexcept {
  for (std::size_t at = 0; at < text.size();) {
    const auto point = first_code_point(text.substr(at));
    if (!point || is_control(point->value) || is_separator(point->value) ||
        turns_direction(point->value)) {
      return true;
    }
    at += point->bytes;
  }
  return false;
}

}  // namespace

std::string_view scheme_of(std::string_view link) noexcept {
  for (const std::string_view scheme : Schemes) {
    if (begins_with(link, scheme)) return scheme;
  }
  return {};
}

bool is_address_scheme(std::string_view scheme) noexcept {
  return scheme == "mailto:" || scheme == "tel:";
}

std::string safe_link(std::string_view link) {
  if (scheme_of(link).empty() || has_hidden(link)) return std::string(InertLink);
  return percent_encoded(link, OfLinks);
}

std::string percent_encoded(std::string_view text, std::string_view kept) {
  constexpr std::string_view Digits = "0123456789ABCDEF";
  std::string encoded;
  encoded.reserve(text.size());
  for (const char c : text) {
    if (is_letter(c) || is_digit(c) || Unreserved.find(c) != std::string_view::npos ||
        kept.find(c) != std::string_view::npos) {
      encoded += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    encoded += '%';
    encoded += Digits[byte >> 4U];
    encoded += Digits[byte & 0xFU];
  }
  return encoded;
}

}  // namespace portico::notify::templates
