// SPDX-License-Identifier: Apache-2.0
#include "operators/refused_keys.h"

#include <algorithm>
#include <charconv>

namespace portico::ratelimit {

std::string text_of(const Key& key) {
  constexpr std::string_view Digits = "0123456789abcdef";
  std::string text;
  for (const std::uint64_t half : {key.high, key.low}) {
    for (int shift = 60; shift >= 0; shift -= 4) text += Digits[half >> shift & 15U];
  }
  return text;
}

std::optional<Key> key_of(std::string_view digits) noexcept {
  constexpr std::size_t Half = 16;
  if (digits.size() != 2 * Half) return std::nullopt;
  Key key;
  const auto read = [](std::string_view text, std::uint64_t& value) {
    const auto read_to = std::from_chars(text.data(), text.data() + text.size(), value, 16);
    return read_to.ec == std::errc() && read_to.ptr == text.data() + text.size();
  };
  if (!read(digits.substr(0, Half), key.high) || !read(digits.substr(Half), key.low)) {
    return std::nullopt;
  }
  return key;
}

RefusedKeys::Entry& RefusedKeys::entry_of(const Key& key) noexcept {
  Entry* least = &entries_.front();
  for (Entry& entry : entries_) {
    if (entry.key == key) return entry;
    if (entry.refused < least->refused) least = &entry;
  }
  return *least;
}

std::vector<RefusedKeys::Entry> RefusedKeys::top(std::size_t most) const {
  std::vector<Entry> found;
  {
    const std::lock_guard lock(mutex_);
    std::ranges::copy_if(entries_, std::back_inserter(found),
                         [](const Entry& entry) { return entry.refused > 0; });
  }
  std::ranges::sort(found, std::greater(), &Entry::refused);
  if (found.size() > most) found.resize(most);
  return found;
}

void RefusedKeys::forget(const Key& key) {
  const std::lock_guard lock(mutex_);
  for (Entry& entry : entries_) {
    if (entry.key == key) entry = Entry();
  }
}

}  // namespace portico::ratelimit
