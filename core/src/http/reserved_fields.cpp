// SPDX-License-Identifier: Apache-2.0
#include "http/reserved_fields.h"

#include "base/text.h"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace portico::http {
namespace {

[[nodiscard]] char folded(char c) noexcept {
  return base::is_letter(c) || base::is_digit(c) ? base::ascii_lower(c) : '-';
}

[[nodiscard]] std::uint64_t bit_of(std::size_t length) noexcept {
  return std::uint64_t{1} << (length % 64);
}

}  // namespace

void ReservedFields::add(std::string_view name) {
  if (contains(name)) return;
  std::string text(name);
  std::ranges::transform(text, text.begin(), folded);
  names_.push_back(std::move(text));
  lengths_ |= bit_of(name.size());
}

bool ReservedFields::contains(std::string_view name) const noexcept {
  if ((lengths_ & bit_of(name.size())) == 0) return false;
  return std::ranges::any_of(names_, [name](const std::string& reserved) {
    return std::ranges::equal(reserved, name, {}, {}, folded);
  });
}

std::string ReservedFields::without(std::string_view trailers) const {
  std::string kept;
  while (!trailers.empty()) {
    const std::size_t end = trailers.find("\r\n");
    const std::size_t size = end == std::string_view::npos ? trailers.size() : end + 2;
    const std::string_view line = trailers.substr(0, size);
    trailers.remove_prefix(size);
    if (!contains(line.substr(0, line.find(':')))) kept.append(line);
  }
  return kept;
}

}  // namespace portico::http
