// SPDX-License-Identifier: Apache-2.0
#include "http/h1/head_writer.h"

#include "http/h1/characters.h"
#include "http/h1/hop_by_hop.h"
#include "http/status_text.h"

#include <bit>
#include <charconv>
#include <cstring>
#include <exception>

namespace portico::http::h1 {
namespace {

constexpr std::size_t Remembered = 64;

template <std::size_t Size>
void copy_ends(const char* from, char* to, std::size_t size) noexcept {
  std::array<char, Size> first;
  std::array<char, Size> last;
  std::memcpy(first.data(), from, Size);
  std::memcpy(last.data(), from + size - Size, Size);
  std::memcpy(to, first.data(), Size);
  std::memcpy(to + size - Size, last.data(), Size);
}

/// Most pieces of a head are short: for them the call of memcpy costs more than the copying.
char* copy(std::string_view text, char* to) noexcept {
  const std::size_t size = text.size();
  if (size > 32) {
    std::memcpy(to, text.data(), size);
  } else if (size >= 16) {
    copy_ends<16>(text.data(), to, size);
  } else if (size >= 8) {
    copy_ends<8>(text.data(), to, size);
  } else if (size >= 4) {
    copy_ends<4>(text.data(), to, size);
  } else {
    for (std::size_t i = 0; i < size; ++i) to[i] = text[i];
  }
  return to + size;
}

/// A field that could split the message was refused when it was set or received. Were one to get
/// here all the same, the client would take an attacker's bytes for a response of ours: every line
/// brings two control characters, and nothing else may.
void check(const char* head, const char* end, std::size_t lines) noexcept {
  if (count_controls(head, end) != 2 * lines) std::terminate();
}

using Sort = HeadWriter::Sort;

/// By the length first: of a dozen names none is meant, as a rule.
[[nodiscard]] Sort sort_of(std::string_view name) noexcept {
  const auto either = [name](std::string_view lower, Sort sort) {
    return is_name(name, lower) ? sort : Sort::Plain;
  };
  switch (name.size()) {
    case 4: return is_name(name, "host") ? Sort::Host : either("date", Sort::Date);
    case 6: return either("server", Sort::Server);
    case 10:
      return is_name(name, "keep-alive") ? Sort::LeftOut : either("connection", Sort::Connection);
    case 14: return either("content-length", Sort::LeftOut);
    default: return is_hop_by_hop(name) ? Sort::LeftOut : Sort::Plain;
  }
}

/// Whether a Connection lists a field that it is not known for.
[[nodiscard]] bool lists_names(std::string_view options) noexcept {
  bool names = false;
  for_each_member(options, [&names](std::string_view option) {
    names = names || !(is_name(option, "keep-alive") || is_name(option, "close") ||
                       is_name(option, "upgrade"));
  });
  return names;
}

[[nodiscard]] std::size_t line_size(const Headers::Entry& field) noexcept {
  return field.name.size() + field.value.size() + 4;
}

}  // namespace

HeadWriter::HeadWriter(const ResponseFraming& framing,
                       std::span<const Headers::Entry> fields) noexcept
    : fields_(fields), host_passes_(true) {
  const auto code = static_cast<std::uint16_t>(framing.status);
  add_status(code);
  choose_fields();
  if (!has_date_ && !framing.date.empty()) add_field("Date: ", framing.date);
  if (!has_server_ && !framing.server.empty()) add_field("Server: ", framing.server);
  if (code >= 200 && code != 204) add_body(framing.body);
  if (!framing.upgrade.empty()) {
    add_upgrade(framing.upgrade);
  } else if (!framing.keep_alive) {
    add_field("Connection: ", "close");
  } else if (framing.minor_version == 0) {
    add_field("Connection: ", "keep-alive");
  }
  end_line();
}

HeadWriter::HeadWriter(const RequestFraming& framing,
                       std::span<const Headers::Entry> fields) noexcept
    : fields_(fields) {
  add(framing.method);
  add(" ");
  add(framing.path);
  if (!framing.query.empty()) {
    add("?");
    add(framing.query);
  }
  add(" HTTP/1.1");
  end_line();
  add_field("Host: ", framing.host);
  choose_fields();
  add_body(framing.body);
  if (!framing.upgrade.empty()) {
    add_upgrade(framing.upgrade);
  } else if (framing.takes_trailers) {
    add_field("Connection: ", framing.keep_alive ? "TE" : "close, TE");
    add_field("TE: ", "trailers");
  } else if (!framing.keep_alive) {
    add_field("Connection: ", "close");
  }
  end_line();
}

void HeadWriter::add(std::string_view piece) noexcept {
  pieces_[count_++] = {piece.data(), piece.size()};
  size_ += piece.size();
}

void HeadWriter::add_status(std::uint16_t code) noexcept {
  if (const std::string_view line = status_line(code); !line.empty()) {
    add(line);
    ++lines_;
    return;
  }
  status_ = {static_cast<char>('0' + code / 100 % 10), static_cast<char>('0' + code / 10 % 10),
             static_cast<char>('0' + code % 10)};
  add("HTTP/1.1 ");
  add({status_.data(), status_.size()});
  add(" ");
  add(status_text(code));
  end_line();
}

void HeadWriter::add_field(std::string_view name, std::string_view value) noexcept {
  add(name);
  add(value);
  end_line();
}

void HeadWriter::end_line() noexcept {
  add("\r\n");
  ++lines_;
}

void HeadWriter::add_upgrade(std::string_view protocol) noexcept {
  add_field("Connection: ", "upgrade");
  add_field("Upgrade: ", protocol);
}

void HeadWriter::add_body(const BodyFraming& body) noexcept {
  if (body.kind == BodyFraming::Kind::Chunked) add_field("Transfer-Encoding: ", "chunked");
  if (body.kind != BodyFraming::Kind::Length) return;
  // The line's end behind the digits, for one piece fewer.
  char* end = std::to_chars(number_.begin(), number_.end(), body.length).ptr;
  *end++ = '\r';
  *end++ = '\n';
  add("Content-Length: ");
  add({number_.data(), static_cast<std::size_t>(end - number_.data())});
  ++lines_;
}

/// Finds out which fields come through, and makes room for them behind the pieces so far.
void HeadWriter::choose_fields() noexcept {
  before_ = count_;
  std::uint64_t bit = 1;
  for (const Headers::Entry& field : fields_) {
    const Sort sort = sort_of(field.name);
    has_date_ = has_date_ || sort == Sort::Date;
    has_server_ = has_server_ || sort == Sort::Server;
    has_options_ = has_options_ || (sort == Sort::Connection && lists_names(field.value));
    if (passes(sort)) {
      size_ += line_size(field);
    } else {
      left_out_ |= bit;
    }
    bit <<= 1;
  }
  if (has_options_) leave_out_listed();
}

/// Rare, and then the list is searched for each field.
void HeadWriter::leave_out_listed() noexcept {
  for (std::size_t i = 0; i < fields_.size(); ++i) {
    const Headers::Entry& field = fields_[i];
    if (!passes(sort_of(field.name)) || !connection_lists(fields_, field.name)) continue;
    size_ -= line_size(field);
    if (i < Remembered) left_out_ |= std::uint64_t{1} << i;
  }
}

bool HeadWriter::passes(Sort sort) const noexcept {
  return sort != Sort::Connection && sort != Sort::LeftOut && (sort != Sort::Host || host_passes_);
}

bool HeadWriter::passes(std::size_t index) const noexcept {
  if (index < Remembered) return (left_out_ >> index & 1U) == 0;
  const std::string_view name = fields_[index].name;
  return passes(sort_of(name)) && !(has_options_ && connection_lists(fields_, name));
}

char* HeadWriter::write(char* room) const noexcept {
  char* at = room;
  for (std::size_t i = 0; i < before_; ++i) at = copy({pieces_[i].text, pieces_[i].size}, at);
  std::size_t lines = lines_;
  for (std::size_t i = 0; i < fields_.size(); ++i) {
    if (!passes(i)) continue;
    at = copy(fields_[i].name, at);
    *at++ = ':';
    *at++ = ' ';
    at = copy(fields_[i].value, at);
    *at++ = '\r';
    *at++ = '\n';
    ++lines;
  }
  for (std::size_t i = before_; i < count_; ++i) at = copy({pieces_[i].text, pieces_[i].size}, at);
  check(room, at, lines);
  return at;
}

std::size_t write_chunk_head(std::size_t size, char* room) noexcept {
  char* const end = std::to_chars(room, room + ChunkHeadRoom, size, 16).ptr;
  return static_cast<std::size_t>(copy("\r\n", end) - room);
}

std::size_t chunk_size(std::size_t size) noexcept {
  const auto digits = static_cast<std::size_t>(std::bit_width(size | 1U) + 3) / 4;
  return digits + 2 + size + ChunkEnd.size();
}

std::size_t write_chunk(std::string_view data, char* room) noexcept {
  char* const end = copy(ChunkEnd, copy(data, room + write_chunk_head(data.size(), room)));
  return static_cast<std::size_t>(end - room);
}

}  // namespace portico::http::h1
