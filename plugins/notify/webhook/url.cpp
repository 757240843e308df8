// SPDX-License-Identifier: Apache-2.0
#include "webhook/url.h"

#include "shared/ascii.h"
#include "webhook/host.h"

#include <charconv>
#include <cstddef>
#include <cstdint>

namespace portico::notify::webhook {
namespace {

constexpr std::size_t MostSize = 2048;
constexpr std::size_t MostPortDigits = 5;

using Sentence = std::optional<std::string>;

/// Ports below 1024 belong to other services, which can be made to read a request as theirs.
bool is_allowed(unsigned port, const UrlRules& rules) {
  return port == 443 || (port >= 1024 && port <= 65535) || (port == 80 && rules.plain_http);
}

Sentence fault_of_port(std::string_view text, const UrlRules& rules) {
  unsigned port = 0;
  const bool number = !text.empty() && text.size() <= MostPortDigits && text.front() != '0' &&
                      all_of(text, is_digit);
  if (number) std::from_chars(text.data(), text.data() + text.size(), port);
  if (number && is_allowed(port, rules)) return std::nullopt;
  return "The port of the URL is 443, or one from 1024 to 65535.";
}

Sentence fault_of_authority(std::string_view text, const UrlRules& rules) {
  if (text.find('@') != std::string_view::npos) {
    return "Write the URL without user and password; a header can carry them.";
  }
  const std::size_t bracket = text.find(']');
  const std::size_t colon = text.find(':', bracket == std::string_view::npos ? 0 : bracket);
  if (Sentence fault = fault_of_host(text.substr(0, colon), rules)) return fault;
  if (colon == std::string_view::npos) return std::nullopt;
  return fault_of_port(text.substr(colon + 1), rules);
}

/// RFC 3986 pchar, `/` and `?`, but for the percent sign.
bool is_plain(char c) {
  return is_letter_or_digit(c) ||
         std::string_view("-._~!$&'()*+,;=:@/?").find(c) != std::string_view::npos;
}

Sentence fault_of_path(std::string_view text) {
  if (text.find('#') != std::string_view::npos) {
    return "Write the URL without a fragment (#), which is never sent.";
  }
  if (!text.empty() && text.front() != '/') return "The path of the URL begins with a slash.";
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (is_plain(text[i])) continue;
    const bool escape = text[i] == '%' && text.size() - i > 2 && is_hex_digit(text[i + 1]) &&
                        is_hex_digit(text[i + 2]) && text.substr(i + 1, 2) != "00";
    if (!escape) return "The path of the URL has a character that must be written as %XX.";
    i += 2;
  }
  return std::nullopt;
}

}  // namespace

Sentence fault_of_url(std::string_view url, const UrlRules& rules) {
  if (url.size() > MostSize) return "An URL has at most 2048 characters.";
  const std::size_t end = url.find("://");
  const std::string_view scheme = url.substr(0, end);
  const bool secure = same_letters(scheme, "https");
  if (end == std::string_view::npos || (!secure && !same_letters(scheme, "http"))) {
    return "Write an URL that begins with https://.";
  }
  if (!secure && !rules.plain_http) return "The URL begins with https://; http is not accepted.";
  url.remove_prefix(end + 3);
  const std::size_t path = url.find_first_of("/?#");
  if (Sentence fault = fault_of_authority(url.substr(0, path), rules)) return fault;
  return path == std::string_view::npos ? std::nullopt : fault_of_path(url.substr(path));
}

}  // namespace portico::notify::webhook
