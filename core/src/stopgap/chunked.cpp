// SPDX-License-Identifier: Apache-2.0
#include "stopgap/chunked.h"

#include <algorithm>

namespace portico::stopgap {
namespace {

constexpr unsigned MostDigits = 15;
constexpr std::size_t MostIgnored = 8192;

[[nodiscard]] int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

[[nodiscard]] bool is_text(char c) {
  return c == '\t' || (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f);
}

}  // namespace

std::string_view ChunkDecoder::take(std::string_view& bytes) {
  while (!bytes.empty() && state_ == State::More) {
    if (part_ == Part::Data) {
      const auto size = static_cast<std::size_t>(std::min<std::uint64_t>(left_, bytes.size()));
      const std::string_view data = bytes.substr(0, size);
      bytes.remove_prefix(size);
      left_ -= size;
      if (left_ == 0) part_ = Part::DataCr;
      return data;
    }
    const char c = bytes.front();
    bytes.remove_prefix(1);
    take_framing(c);
  }
  return {};
}

void ChunkDecoder::move_on_if(bool right, Part next) {
  if (right) {
    part_ = next;
  } else {
    state_ = State::Broken;
  }
}

void ChunkDecoder::take_framing(char c) {
  switch (part_) {
    case Part::Size: return take_size(c);
    case Part::Extension:
      if (c == '\r') return move_on_if(true, Part::SizeEnd);
      return move_on_if(is_text(c) && ++ignored_ <= MostIgnored, Part::Extension);
    case Part::SizeEnd:
      if (c != '\n') return move_on_if(false, part_);
      return end_size();
    case Part::Data: break;
    case Part::DataCr: return move_on_if(c == '\r', Part::DataLf);
    case Part::DataLf: digits_ = 0; return move_on_if(c == '\n', Part::Size);
    case Part::TrailerStart:
      if (c == '\r') return move_on_if(true, Part::LastLf);
      [[fallthrough]];
    case Part::Trailer:
      if (c == '\r') return move_on_if(true, Part::TrailerLf);
      return move_on_if(is_text(c) && ++ignored_ <= MostIgnored, Part::Trailer);
    case Part::TrailerLf: return move_on_if(c == '\n', Part::TrailerStart);
    case Part::LastLf: state_ = c == '\n' ? State::Done : State::Broken; return;
  }
}

void ChunkDecoder::take_size(char c) {
  if (const int value = hex_value(c); value >= 0) {
    left_ = left_ * 16 + static_cast<std::uint64_t>(value);
    return move_on_if(++digits_ <= MostDigits, Part::Size);
  }
  if (c == '\r') return move_on_if(digits_ > 0, Part::SizeEnd);
  move_on_if(digits_ > 0 && c == ';', Part::Extension);
}

void ChunkDecoder::end_size() { part_ = left_ == 0 ? Part::TrailerStart : Part::Data; }

}  // namespace portico::stopgap
