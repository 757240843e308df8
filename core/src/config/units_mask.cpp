// SPDX-License-Identifier: Apache-2.0
// What may be shown of a URL.
#include "base/text.h"
#include <portico/units.h>

#include <algorithm>
#include <array>

namespace portico {
namespace {

constexpr std::string_view Stars = "***";

bool names_a_secret(std::string_view key) {
  constexpr std::array<std::string_view, 5> Marks{"pass", "secret", "token", "key", "sig"};
  const std::string lower = base::to_lower(key);
  return std::any_of(Marks.begin(), Marks.end(), [&lower](std::string_view mark) {
    return lower.find(mark) != std::string::npos;
  });
}

/// "user:word@host" with stars for the word.
std::string mask_authority(std::string_view authority) {
  const std::size_t at = authority.rfind('@');
  const std::size_t colon = authority.find(':');
  if (at == std::string_view::npos || colon > at) return std::string(authority);
  std::string masked(authority.substr(0, colon + 1));
  masked += Stars;
  masked += authority.substr(at);
  return masked;
}

/// "a=1&password=word" with stars for the word.
std::string mask_query(std::string_view query) {
  std::string masked;
  for (const std::string_view pair : base::split(query, '&')) {
    if (!masked.empty()) masked += '&';
    const std::size_t equals = pair.find('=');
    if (equals == std::string_view::npos || !names_a_secret(pair.substr(0, equals))) {
      masked += pair;
    } else {
      masked += pair.substr(0, equals + 1);
      masked += Stars;
    }
  }
  return masked;
}

}  // namespace

std::string Url::masked() const {
  const std::string_view all = text;
  const std::size_t slashes = all.find("://");
  const std::size_t start = slashes == std::string_view::npos ? 0 : slashes + 3;
  const std::size_t end = std::min(all.find_first_of("/?#", start), all.size());
  const std::size_t question = std::min(all.find('?', end), all.size());

  std::string masked(all.substr(0, start));
  masked += slashes == std::string_view::npos ? std::string(all.substr(start, end - start))
                                              : mask_authority(all.substr(start, end - start));
  masked += all.substr(end, question - end);
  if (question < all.size()) {
    masked += '?';
    masked += mask_query(all.substr(question + 1));
  }
  return masked;
}

}  // namespace portico
