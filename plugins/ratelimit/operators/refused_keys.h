// SPDX-License-Identifier: Apache-2.0
// Whose requests are refused most: the keys that were refused lately, with how often about. Any
// thread.
#pragma once

#include "store/key.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace portico::ratelimit {

/// As 32 hexadecimal digits, and back.
[[nodiscard]] std::string text_of(const Key& key);
[[nodiscard]] std::optional<Key> key_of(std::string_view digits) noexcept;

class RefusedKeys {
 public:
  struct Entry {
    Key key{};
    std::uint64_t refused = 0;
    std::string place;
    std::string text;  ///< Empty where nobody may see it.
  };
  static constexpr std::size_t Most = 128;

  /// `text()` is asked when the key is new. Two loops that note at once do not wait for each other:
  /// one of them goes uncounted.
  template <class Text>
  void note(const Key& key, std::string_view place, Text text) {
    const std::unique_lock lock(mutex_, std::try_to_lock);
    if (!lock.owns_lock()) return;
    Entry& entry = entry_of(key);
    ++entry.refused;
    if (entry.key == key) return;
    // Inherits the count of the one that it replaces: never too low by more than that.
    entry.key = key;
    entry.place = place;
    entry.text = text();
  }
  /// The most refused first.
  [[nodiscard]] std::vector<Entry> top(std::size_t most) const;
  void forget(const Key& key);

 private:
  /// That of the key, or the one that is refused least.
  [[nodiscard]] Entry& entry_of(const Key& key) noexcept;

  mutable std::mutex mutex_;
  std::array<Entry, Most> entries_;
};

}  // namespace portico::ratelimit
