// SPDX-License-Identifier: Apache-2.0
#include "loop/dns/record_reader.h"

#include "base/text.h"

#include <algorithm>
#include <limits>
#include <utility>

#include <ares.h>

namespace portico::loop::dns {
namespace {

constexpr std::size_t HeaderSize = 12;
constexpr std::size_t QuestionRest = 4;  ///< Type and class.
constexpr std::size_t RecordRest = 10;   ///< Type, class, TTL and the length of what follows.
constexpr std::uint16_t Internet = 1;

}  // namespace

RecordReader::RecordReader(std::span<const std::uint8_t> message, RecordType type)
    : message_(message), type_(type) {
  if (message_.size() < HeaderSize || message_.size() > std::numeric_limits<std::uint16_t>::max() ||
      word_at(4) != 1) {
    malformed_ = true;
    return;
  }
  auto asked = name_at(HeaderSize);
  if (!asked || HeaderSize + asked->length + QuestionRest > message_.size()) {
    malformed_ = true;
    return;
  }
  name_ = std::move(asked->text);
  place_ = HeaderSize + asked->length + QuestionRest;
  left_ = word_at(6);
}

std::uint16_t RecordReader::word_at(std::size_t place) const noexcept {
  return static_cast<std::uint16_t>(message_[place] << 8 | message_[place + 1]);
}

std::optional<RecordReader::Name> RecordReader::name_at(std::size_t place) const {
  char* text = nullptr;
  long length = 0;
  if (place >= message_.size() ||
      ::ares_expand_name(message_.data() + place, message_.data(),
                         static_cast<int>(message_.size()), &text, &length) != ARES_SUCCESS) {
    return std::nullopt;
  }
  Name name{base::to_lower(text), static_cast<std::size_t>(length)};
  ::ares_free_string(text);
  return name;
}

std::optional<RecordReader::Head> RecordReader::read_head() {
  auto owner = name_at(place_);
  if (!owner || place_ + owner->length + RecordRest > message_.size()) return std::nullopt;
  const std::size_t rest = place_ + owner->length;
  const std::size_t length = word_at(rest + 8);
  if (rest + RecordRest + length > message_.size()) return std::nullopt;
  const std::uint32_t ttl = std::uint32_t{word_at(rest + 4)} << 16 | word_at(rest + 6);
  Head head;
  head.owner = std::move(owner->text);
  head.type = RecordType{word_at(rest)};
  head.internet = word_at(rest + 2) == Internet;
  // RFC 2181, section 8: with the highest bit set it means zero.
  head.record.ttl = std::chrono::seconds((ttl >> 31) != 0 ? 0 : ttl);
  head.record.place = rest + RecordRest;
  head.record.data = message_.subspan(head.record.place, length);
  place_ = head.record.place + length;
  return head;
}

std::optional<Record> RecordReader::next() {
  while (!malformed_ && left_ > 0) {
    --left_;
    auto head = read_head();
    if (!head) {
      malformed_ = true;
      break;
    }
    if (!head->internet || head->owner != name_) continue;
    head->record.ttl = std::min(head->record.ttl, ttl_);
    if (head->type == type_) return head->record;
    if (head->type != RecordType::Alias) continue;
    auto target = name_at(head->record.place);
    if (!target) {
      malformed_ = true;
      break;
    }
    name_ = std::move(target->text);
    ttl_ = head->record.ttl;
  }
  return std::nullopt;
}

}  // namespace portico::loop::dns
