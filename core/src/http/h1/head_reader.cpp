// SPDX-License-Identifier: Apache-2.0
#include "http/h1/head_reader.h"

#include "http/h1/characters.h"
#include "http/h1/faults.h"

#include <algorithm>
#include <limits>

namespace portico::http::h1 {
namespace {

/// Whether a line that goes on to `stop`, its first control character, has ended there. After a CR
/// the next byte tells.
[[nodiscard]] bool is_end(const char* stop, const char* end) noexcept {
  return stop != end && (*stop != '\r' || stop + 1 != end);
}

[[nodiscard]] bool is_blank(char c) noexcept { return c == ' ' || c == '\t'; }

}  // namespace

HeadReader::HeadReader(const HeadLimits& limits, StartLimit start)
    : limits_(limits),
      start_(start),
      fields_(std::make_unique_for_overwrite<Headers::Entry[]>(limits.fields)) {
  limits_.head_bytes =
      std::min<std::size_t>(limits_.head_bytes, std::numeric_limits<std::uint32_t>::max());
}

void HeadReader::reset() noexcept {
  known_ = {};
  begin_ = nullptr;
  line_ = seen_ = count_ = 0;
  started_ = moved_ = false;
}

/// False: the present line has not ended yet.
bool HeadReader::open(std::string_view bytes) noexcept {
  moved_ = moved_ || (line_ != 0 && begin_ != bytes.data());
  full_ = bytes.size() >= limits_.head_bytes;
  begin_ = bytes.data();
  end_ = begin_ + std::min(bytes.size(), limits_.head_bytes);
  if (seen_ <= line_) return true;
  const char* const stop = skip_text(begin_ + seen_, end_);
  return is_end(stop, end_);
}

Parsed HeadReader::wait() noexcept {
  seen_ = offset(end_);
  if (seen_ > line_ && end_[-1] == '\r') --seen_;
  if (started_) return full_ ? refuse(faults::HeadTooLarge) : Parsed::More;
  return full_ || seen_ - line_ > start_.bytes ? refuse(start_.beyond) : Parsed::More;
}

Parsed HeadReader::fail(const Refusal& refusal) noexcept {
  const char* const stop = skip_text(line(), end_);
  if (!is_end(stop, end_)) return wait();
  const auto length = static_cast<std::size_t>(stop - line());
  return refuse(!started_ && length > start_.bytes ? start_.beyond : refusal);
}

Parsed HeadReader::refuse(const Refusal& refusal) noexcept {
  refusal_ = &refusal;
  return Parsed::Refused;
}

void HeadReader::start(const char* next) noexcept {
  line_ = offset(next);
  started_ = true;
}

/// The lines after the start line. Done: the head is complete.
Parsed HeadReader::read_fields() noexcept {
  const char* at = line();
  for (;; line_ = offset(at)) {
    if (at == end_) return wait();
    if (*at == '\r') {
      if (end_ - at < 2 || at[1] != '\n') return fail(faults::Bytes);
      line_ = offset(at + 2);
      return Parsed::Done;
    }
    const char* const colon = skip_token(at, end_);
    if (colon == end_) return wait();
    // A blank before the colon, or one that begins the line and folds it into the last: one of two
    // servers in a row would see another field there.
    if (*colon != ':' || colon == at) return fail(faults::Field);
    const char* value = colon + 1;
    while (value != end_ && is_blank(*value)) ++value;
    const char* const stop = skip_text(value, end_);
    if (end_ - stop < 2 || stop[0] != '\r' || stop[1] != '\n') return fail(faults::Bytes);
    if (count_ == limits_.fields) return fail(faults::TooManyFields);
    const char* last = stop;
    while (last != value && is_blank(last[-1])) --last;
    Headers::Entry& field = fields_[count_++];
    field = {{at, colon}, {value, last}};
    note(field);
    at = stop + 2;
  }
}

/// A message has a dozen names of which these matter; the length tells most of them apart.
void HeadReader::note(Headers::Entry& field) noexcept {
  const std::string_view name = field.name;
  switch (name.size()) {
    case 4:
      if (!is_name(name, "host")) return;
      known_.host_repeated = known_.host != nullptr;
      known_.host = &field;
      return;
    case 6:
      if (!is_name(name, "expect")) return;
      (is_name(field.value, "100-continue") ? known_.expects_continue : known_.expects_other) =
          true;
      return;
    case 7:
      if (!is_name(name, "upgrade")) return;
      known_.upgrade_repeated = known_.upgrade != nullptr;
      known_.upgrade = &field;
      return;
    case 10:
      if (is_name(name, "connection")) note_options(field.value);
      return;
    case 14:
      if (is_name(name, "content-length")) note_framing(known_.length, field);
      return;
    case 17:
      if (is_name(name, "transfer-encoding")) note_framing(known_.encoding, field);
      return;
    default: return;
  }
}

void HeadReader::note_framing(const Headers::Entry*& place, const Headers::Entry& field) noexcept {
  // A tab beside the value is no part of it, but parsers in use count it in, and then do not know
  // the value.
  const char* const begin = field.value.data();
  const bool tab = begin[-1] == '\t' || begin[field.value.size()] == '\t';
  known_.framing_unclear = known_.framing_unclear || place != nullptr || tab;
  place = &field;
}

void HeadReader::note_options(std::string_view list) noexcept {
  for_each_member(list, [this](std::string_view option) {
    known_.closes = known_.closes || is_name(option, "close");
    known_.keeps_alive = known_.keeps_alive || is_name(option, "keep-alive");
    known_.upgrades = known_.upgrades || is_name(option, "upgrade");
  });
}

}  // namespace portico::http::h1
