// SPDX-License-Identifier: Apache-2.0
#include "http/h1/body_decoder.h"

#include "base/hex.h"
#include "http/h1/characters.h"
#include "http/h1/faults.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace portico::http::h1 {
namespace {

/// Sixteen would not fit 2^63 - 1.
constexpr unsigned MostDigits = 15;

}  // namespace

void BodyDecoder::begin(BodyFraming framing) noexcept {
  left_ = 0;
  digits_ = 0;
  overhead_ = 0;
  switch (framing.kind) {
    case BodyFraming::Kind::None: part_ = Part::Done; return;
    case BodyFraming::Kind::Length:
      left_ = framing.length;
      part_ = left_ == 0 ? Part::Done : Part::Counted;
      return;
    case BodyFraming::Kind::Chunked: part_ = Part::SizeBegin; return;
    case BodyFraming::Kind::UntilClose: part_ = Part::UntilClose; return;
  }
}

BodyDecoder::Piece BodyDecoder::next(std::string_view bytes) noexcept {
  std::string_view rest = bytes;
  // The framing before the data and, so that the end is told with the last piece, that behind it.
  take_framing(rest, Part::DataLf);
  const std::string_view data = take_data(rest);
  if (!data.empty()) take_framing(rest, Part::DataLf);
  const std::string_view trailers = take_trailers(rest);
  take_framing(rest, Part::LastLf);
  return {state(), data, bytes.size() - rest.size(), trailers};
}

Parsed BodyDecoder::skip(std::uint64_t bytes) noexcept {
  left_ -= bytes;
  if (left_ == 0) part_ = Part::Done;
  return state();
}

Parsed BodyDecoder::close() noexcept {
  if (part_ == Part::UntilClose) part_ = Part::Done;
  if (state() == Parsed::More) refuse(faults::CutShort);
  return state();
}

std::uint64_t BodyDecoder::remaining() const noexcept {
  if (part_ == Part::Done) return 0;
  return part_ == Part::Counted ? left_ : std::numeric_limits<std::uint64_t>::max();
}

Parsed BodyDecoder::state() const noexcept {
  if (part_ == Part::Done) return Parsed::Done;
  return part_ == Part::Broken ? Parsed::Refused : Parsed::More;
}

std::string_view BodyDecoder::take_data(std::string_view& bytes) noexcept {
  if (part_ != Part::Chunk && part_ != Part::Counted && part_ != Part::UntilClose) return {};
  if (part_ == Part::UntilClose) return std::exchange(bytes, {});
  const auto size = static_cast<std::size_t>(std::min<std::uint64_t>(left_, bytes.size()));
  const std::string_view data = bytes.substr(0, size);
  bytes.remove_prefix(size);
  left_ -= size;
  if (left_ == 0) part_ = part_ == Part::Chunk ? Part::DataCr : Part::Done;
  return data;
}

void BodyDecoder::take_framing(std::string_view& bytes, Part last) noexcept {
  std::size_t taken = 0;
  while (taken < bytes.size() && part_ <= last) take_byte(bytes[taken++]);
  bytes.remove_prefix(taken);
}

std::string_view BodyDecoder::take_trailers(std::string_view& bytes) noexcept {
  const auto goes_on = [this](char c) {
    if (part_ == Part::TrailerBegin) return c != '\r';
    return part_ > Part::TrailerBegin && part_ <= Part::TrailerLf;
  };
  std::size_t taken = 0;
  while (taken < bytes.size() && goes_on(bytes[taken])) take_byte(bytes[taken++]);
  const std::string_view lines = bytes.substr(0, taken);
  bytes.remove_prefix(taken);
  return lines;
}

void BodyDecoder::take_byte(char c) noexcept {
  switch (part_) {
    case Part::SizeBegin:
    case Part::Size: return take_size(c);
    case Part::Extension: return take_ignored(c, Part::SizeLf);
    case Part::SizeLf: return expect(c == '\n', left_ == 0 ? Part::TrailerBegin : Part::Chunk);
    case Part::DataCr: return expect(c == '\r', Part::DataLf);
    case Part::DataLf: digits_ = 0; return expect(c == '\n', Part::SizeBegin);
    case Part::TrailerBegin:
      if (c == '\r') return expect(true, Part::LastLf);
      [[fallthrough]];
    case Part::TrailerName: return take_trailer_name(c);
    case Part::TrailerValue: return take_ignored(c, Part::TrailerLf);
    case Part::TrailerLf: return expect(c == '\n', Part::TrailerBegin);
    default: return expect(c == '\n', Part::Done);
  }
}

void BodyDecoder::take_size(char c) noexcept {
  if (const int value = base::hex_value(c); value >= 0) {
    left_ = left_ * 16 + static_cast<std::uint64_t>(value);
    return expect(++digits_ <= MostDigits, Part::Size);
  }
  // Blanks before the extension too: some servers end the number there and some do not.
  if (c == '\r') return expect(part_ == Part::Size, Part::SizeLf);
  expect(part_ == Part::Size && c == ';', Part::Extension);
}

/// A byte of an extension or of a trailer's value.
void BodyDecoder::take_ignored(char c, Part end) noexcept {
  if (c == '\r') return expect(true, end);
  if (++overhead_ > MostOverhead) return refuse(faults::Overhead);
  expect(is(TextByte, c), part_);
}

void BodyDecoder::take_trailer_name(char c) noexcept {
  if (++overhead_ > MostOverhead) return refuse(faults::Overhead);
  if (c == ':') return expect(part_ == Part::TrailerName, Part::TrailerValue);
  expect(is(TokenByte, c), Part::TrailerName);
}

void BodyDecoder::expect(bool right, Part next) noexcept {
  if (!right) return refuse(faults::Chunk);
  part_ = next;
}

void BodyDecoder::refuse(const Refusal& refusal) noexcept {
  part_ = Part::Broken;
  refusal_ = &refusal;
}

}  // namespace portico::http::h1
