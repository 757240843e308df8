// SPDX-License-Identifier: Apache-2.0
#include "schedule/zone_file.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace portico::notify::schedule {
namespace {

using std::chrono::seconds;
using std::chrono::sys_seconds;

constexpr std::size_t HeaderSize = 44;
constexpr std::size_t TypeSize = 6;
/// Two days: no zone is as far from UTC.
constexpr std::int64_t MostOffset = 172800;

class Bytes {
 public:
  explicit Bytes(std::string_view all) noexcept : rest_(all) {}

  [[nodiscard]] std::string_view take(std::size_t size) noexcept {
    if (size > rest_.size()) sound_ = false;
    const std::string_view taken = rest_.substr(0, std::min(size, rest_.size()));
    rest_.remove_prefix(taken.size());
    return taken;
  }
  /// Big-endian, with its sign; at most eight bytes.
  [[nodiscard]] std::int64_t number(std::size_t size) noexcept {
    const std::string_view bytes = take(size);
    if (bytes.size() < size) return 0;
    std::uint64_t value = (static_cast<unsigned char>(bytes.front()) & 0x80U) != 0 ? ~0ULL : 0;
    for (const char c : bytes) value = value << 8 | static_cast<unsigned char>(c);
    return static_cast<std::int64_t>(value);
  }
  [[nodiscard]] std::string_view rest() const noexcept { return rest_; }
  [[nodiscard]] bool sound() const noexcept { return sound_; }

 private:
  std::string_view rest_;
  bool sound_ = true;
};

struct Header {
  bool good = false;
  std::size_t ut = 0, standard = 0, leap = 0, times = 0, types = 0, letters = 0;

  [[nodiscard]] std::size_t block_size(std::size_t time_size) const noexcept {
    return times * (time_size + 1) + types * TypeSize + letters + leap * (time_size + 4) +
           standard + ut;
  }
};

Header take_header(Bytes& bytes) {
  Header header;
  Bytes head(bytes.take(HeaderSize));
  const bool magic = head.take(4) == "TZif";
  const std::string_view version = head.take(1);
  (void)head.take(15);
  for (std::size_t* const count : {&header.ut, &header.standard, &header.leap, &header.times,
                                   &header.types, &header.letters}) {
    *count = static_cast<std::size_t>(head.number(4)) & 0xffffffU;
  }
  header.good = magic && version >= "2" && head.sound() && header.types > 0;
  return header;
}

/// The offsets of the kinds of time that the file knows. Nothing where one is none.
std::vector<seconds> take_offsets(Bytes& block, std::size_t types) {
  std::vector<seconds> offsets;
  for (std::size_t i = 0; i < types; ++i) {
    const std::int64_t offset = block.number(4);
    if (offset < -MostOffset || offset > MostOffset) return {};
    offsets.emplace_back(offset);
    (void)block.take(TypeSize - 4);
  }
  return offsets;
}

}  // namespace

bool ZoneFile::take_block(std::string_view bytes, std::size_t times, std::size_t types) {
  Bytes block(bytes);
  for (std::size_t i = 0; i < times; ++i) {
    const sys_seconds time{seconds(block.number(8))};
    zone_.changes_.push_back(std::clamp(time, Beginning, End));
  }
  const std::string_view kinds = block.take(times);
  const std::vector<seconds> offsets = take_offsets(block, types);
  if (offsets.empty()) return false;
  zone_.first_offset_ = offsets.front();
  for (const char kind : kinds) {
    const auto index = static_cast<unsigned char>(kind);
    if (index >= offsets.size()) return false;
    zone_.offsets_.push_back(offsets[index]);
  }
  return std::is_sorted(zone_.changes_.begin(), zone_.changes_.end());
}

bool ZoneFile::take_rule(std::string_view foot) {
  if (foot.size() < 2 || foot.front() != '\n' || foot.back() != '\n') return false;
  if (foot.size() == 2) return true;
  zone_.rule_ = ZoneRule::parse(foot.substr(1, foot.size() - 2));
  return zone_.rule_.has_value();
}

std::shared_ptr<const Zone> ZoneFile::read(std::string_view file) {
  Bytes bytes(file);
  const Header old = take_header(bytes);
  if (!old.good) return nullptr;
  (void)bytes.take(old.block_size(4));
  const Header header = take_header(bytes);
  if (!header.good || header.leap != 0) return nullptr;
  const std::string_view block = bytes.take(header.block_size(8));
  ZoneFile read;
  if (!bytes.sound() || !read.take_block(block, header.times, header.types) ||
      !read.take_rule(bytes.rest())) {
    return nullptr;
  }
  return std::make_shared<const Zone>(std::move(read.zone_));
}

}  // namespace portico::notify::schedule
