// SPDX-License-Identifier: Apache-2.0
#include "routing/text_index.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace portico::routing {
namespace {

template <class Word>
std::uint64_t load(const char* bytes) noexcept {
  Word word;
  std::memcpy(&word, bytes, sizeof(word));
  return word;
}

/// Every bit of the value reaches the low ones, which choose the slot.
std::uint64_t mix(std::uint64_t value) noexcept {
  value ^= value >> 32U;
  value *= 0x9E3779B97F4A7C15U;
  return value ^ (value >> 29U);
}

/// The last eight bytes, or all of a text that is shorter.
std::uint64_t last_word(std::string_view text) noexcept {
  const char* const end = text.data() + text.size();
  if (text.size() >= 8) return load<std::uint64_t>(end - 8);
  if (text.size() >= 4) {
    return load<std::uint32_t>(text.data()) | load<std::uint32_t>(end - 4) << 32U;
  }
  if (text.empty()) return 0;
  return load<std::uint8_t>(text.data()) | load<std::uint8_t>(text.data() + text.size() / 2) << 8U |
         load<std::uint8_t>(end - 1) << 16U;
}

std::uint32_t hash_of(std::uint32_t owner, std::string_view text) noexcept {
  std::uint64_t hash = mix(owner ^ text.size() << 32U);
  for (std::string_view left = text; left.size() > 8; left.remove_prefix(8)) {
    hash = mix(hash ^ load<std::uint64_t>(left.data()));
  }
  return static_cast<std::uint32_t>(mix(hash ^ last_word(text)));
}

}  // namespace

void TextIndex::add(std::uint32_t owner, std::string_view text, std::uint32_t value) {
  if (2 * (count_ + 1) > slots_.size()) grow();
  Slot slot{.hash = hash_of(owner, text),
            .owner = owner,
            .value = value,
            .size = static_cast<std::uint32_t>(text.size()),
            .tail = static_cast<std::uint32_t>(tails_.size())};
  const std::string_view prefix = text.substr(0, Prefix);
  std::ranges::copy(prefix, slot.prefix.begin());
  tails_ += text.substr(prefix.size());
  place(slot);
  ++count_;
  longest_ = std::max(longest_, text.size());
}

std::uint32_t TextIndex::find(std::uint32_t owner, std::string_view text) const noexcept {
  if (count_ == 0 || text.size() > longest_) return Absent;
  const std::uint32_t hash = hash_of(owner, text);
  for (std::size_t at = hash;; ++at) {
    const Slot& slot = slots_[at & (slots_.size() - 1)];
    if (slot.value == Absent) return Absent;
    if (slot.hash == hash && holds(slot, owner, text)) return slot.value;
  }
}

bool TextIndex::holds(const Slot& slot, std::uint32_t owner, std::string_view text) const noexcept {
  if (slot.owner != owner || slot.size != text.size()) return false;
  const std::size_t prefix = std::min(Prefix, text.size());
  return std::memcmp(slot.prefix.data(), text.data(), prefix) == 0 &&
         text.substr(prefix) == std::string_view(tails_).substr(slot.tail, text.size() - prefix);
}

void TextIndex::place(const Slot& slot) noexcept {
  std::size_t at = slot.hash;
  while (slots_[at & (slots_.size() - 1)].value != Absent) ++at;
  slots_[at & (slots_.size() - 1)] = slot;
}

void TextIndex::grow() {
  const std::vector<Slot> old =
      std::exchange(slots_, std::vector<Slot>(std::max<std::size_t>(8, 2 * slots_.size())));
  for (const Slot& slot : old) {
    if (slot.value != Absent) place(slot);
  }
}

}  // namespace portico::routing
