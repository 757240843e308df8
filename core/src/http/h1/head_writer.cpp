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

char* copy(std::string_view text, char* to) noexcept {
  std::memcpy(to, text.data(), text.size());
  return to + text.size();
}

/// A field that could split the message was refused when it was set or received. Were one to get
/// here all the same, the client would take an attacker's bytes for a response of ours.
void check(const Headers::Entry& field) noexcept {
  const char* const name = field.name.data();
  const char* const value = field.value.data();
  const bool sound = !field.name.empty() &&
                     skip_token(name, name + field.name.size()) == name + field.name.size() &&
                     skip_text(value, value + field.value.size()) == value + field.value.size();
  if (!sound) std::terminate();
}

enum class Sort : std::uint8_t { Plain, Connection, LeftOut, Host, Date, Server };

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

[[nodiscard]] std::size_t line_size(const Headers::Entry& field) noexcept {
  return field.name.size() + field.value.size() + 4;
}

}  // namespace

HeadWriter::HeadWriter(const ResponseFraming& framing,
                       std::span<const Headers::Entry> fields) noexcept
    : fields_(fields), host_passes_(true) {
  const auto code = static_cast<unsigned>(framing.status);
  status_ = {static_cast<char>('0' + code / 100 % 10), static_cast<char>('0' + code / 10 % 10),
             static_cast<char>('0' + code % 10)};
  add("HTTP/1.1 ");
  add({status_.data(), status_.size()});
  add(" ");
  add(status_text(static_cast<std::uint16_t>(code)));
  add("\r\n");
  choose_fields();
  if (!has_date_ && !framing.date.empty()) add_field("Date: ", framing.date);
  if (!has_server_ && !framing.server.empty()) add_field("Server: ", framing.server);
  if (code >= 200 && code != 204) add_body(framing.body);
  if (!framing.upgrade.empty()) {
    add_upgrade(framing.upgrade);
  } else if (!framing.keep_alive) {
    add("Connection: close\r\n");
  } else if (framing.minor_version == 0) {
    add("Connection: keep-alive\r\n");
  }
  add("\r\n");
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
  add(" HTTP/1.1\r\n");
  add_field("Host: ", framing.host);
  choose_fields();
  add_body(framing.body);
  if (!framing.upgrade.empty()) {
    add_upgrade(framing.upgrade);
  } else if (!framing.keep_alive) {
    add("Connection: close\r\n");
  }
  add("\r\n");
}

void HeadWriter::add(std::string_view piece) noexcept {
  pieces_[count_++] = piece;
  size_ += piece.size();
}

void HeadWriter::add_field(std::string_view name, std::string_view value) noexcept {
  add(name);
  add(value);
  add("\r\n");
}

void HeadWriter::add_upgrade(std::string_view protocol) noexcept {
  add_field("Connection: upgrade\r\nUpgrade: ", protocol);
}

void HeadWriter::add_body(const BodyFraming& body) noexcept {
  if (body.kind == BodyFraming::Kind::Chunked) add("Transfer-Encoding: chunked\r\n");
  if (body.kind != BodyFraming::Kind::Length) return;
  const char* const end = std::to_chars(number_.begin(), number_.end(), body.length).ptr;
  add_field("Content-Length: ", {number_.data(), static_cast<std::size_t>(end - number_.data())});
}

/// Finds out which fields come through, and makes room for them behind the pieces so far.
void HeadWriter::choose_fields() noexcept {
  before_ = count_;
  for (const Headers::Entry& field : fields_) {
    check(field);
    const Sort sort = sort_of(field.name);
    has_options_ = has_options_ || sort == Sort::Connection;
    has_date_ = has_date_ || sort == Sort::Date;
    has_server_ = has_server_ || sort == Sort::Server;
  }
  for (std::size_t i = 0; i < fields_.size(); ++i) {
    if (comes_through(fields_[i])) {
      size_ += line_size(fields_[i]);
    } else if (i < Remembered) {
      left_out_ |= std::uint64_t{1} << i;
    }
  }
}

bool HeadWriter::comes_through(const Headers::Entry& field) const noexcept {
  switch (sort_of(field.name)) {
    case Sort::Connection:
    case Sort::LeftOut: return false;
    case Sort::Host:
      if (!host_passes_) return false;
      break;
    default: break;
  }
  return !has_options_ || !connection_lists(fields_, field.name);
}

char* HeadWriter::write(char* room) const noexcept {
  char* at = room;
  for (std::size_t i = 0; i < before_; ++i) at = copy(pieces_[i], at);
  for (std::size_t i = 0; i < fields_.size(); ++i) {
    const Headers::Entry& field = fields_[i];
    const bool out = i < Remembered ? (left_out_ >> i & 1U) != 0 : !comes_through(field);
    if (out) continue;
    at = copy(field.name, at);
    at = copy(": ", at);
    at = copy(field.value, at);
    at = copy("\r\n", at);
  }
  for (std::size_t i = before_; i < count_; ++i) at = copy(pieces_[i], at);
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
