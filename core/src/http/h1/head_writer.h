// SPDX-License-Identifier: Apache-2.0
// Heads on their way out. Framing is written from scratch: no field of the message's list that
// speaks of the connection or of the body's length ever comes through, nor what Connection lists.
// First the exact size, then the bytes into memory of that size.
#pragma once

#include "http/h1/framing.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace portico::http::h1 {

/// The status line and what core says beside the response's own fields.
struct ResponseFraming {
  Status status = Status::Ok;
  /// Length and Chunked are told; for an answer to HEAD what GET would have got. A status that has
  /// no body (1xx, 204) tells neither.
  BodyFraming body{};
  bool keep_alive = true;
  std::uint8_t minor_version = 1;  ///< Of the request: only 1.0 is told "keep-alive".
  std::string_view date{};         ///< Written unless the response has one; empty: never.
  std::string_view server{};       ///< The same.
  std::string_view upgrade{};      ///< With 101: the protocol.
};

/// The request line and what core says beside the request's own fields.
struct RequestFraming {
  std::string_view method{};
  std::string_view path{};
  std::string_view query{};  ///< Without the '?'; empty: none.
  std::string_view host{};   ///< Takes the place of the list's Host.
  BodyFraming body{};        ///< Length and Chunked are told.
  bool keep_alive = true;
  std::string_view upgrade{};
  bool takes_trailers = false;  ///< Says so, unless there is an upgrade.
};

/// The head of one message. The list and the framing must live as long.
class HeadWriter {
 public:
  /// What a field's name makes of it.
  enum class Sort : std::uint8_t { Plain, Connection, LeftOut, Host, Date, Server };

  HeadWriter(const ResponseFraming& framing, std::span<const Headers::Entry> fields) noexcept;
  HeadWriter(const RequestFraming& framing, std::span<const Headers::Entry> fields) noexcept;

  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  /// Writes `size()` bytes; returns where they end. Ends the process rather than write a field that
  /// splits the message; `Headers` and the parsers let none in.
  char* write(char* room) const noexcept;

  HeadWriter(const HeadWriter&) = delete;
  HeadWriter& operator=(const HeadWriter&) = delete;

 private:
  // Not a view: two dozen of those would be cleared for each head.
  struct Piece {
    const char* text;
    std::size_t size;
  };

  void add(std::string_view piece) noexcept;
  void add_status(std::uint16_t code) noexcept;
  void add_field(std::string_view name, std::string_view value) noexcept;
  void end_line() noexcept;
  void add_body(const BodyFraming& body) noexcept;
  void add_upgrade(std::string_view protocol) noexcept;
  void choose_fields() noexcept;
  void leave_out_listed() noexcept;
  [[nodiscard]] bool passes(Sort sort) const noexcept;
  [[nodiscard]] bool passes(std::size_t index) const noexcept;

  std::span<const Headers::Entry> fields_;
  std::size_t size_ = 0;
  std::uint64_t left_out_ = 0;  // One bit for each of the first 64 fields.
  std::array<Piece, 24> pieces_;
  std::uint8_t count_ = 0;
  std::uint8_t lines_ = 0;
  std::uint8_t before_ = 0;   // So many pieces stand before the fields.
  bool has_options_ = false;  // The list has a Connection.
  bool has_date_ = false;
  bool has_server_ = false;
  bool host_passes_ = false;
  std::array<char, 3> status_;
  std::array<char, 22> number_;  // With the end of its line.
};

/// The bytes of a chunk with so much data; `size` is above 0.
[[nodiscard]] std::size_t chunk_size(std::size_t size) noexcept;
/// Writes a whole chunk; returns its size.
std::size_t write_chunk(std::string_view data, char* room) noexcept;
/// Room that `write_chunk_head` may need.
inline constexpr std::size_t ChunkHeadRoom = 18;
/// Writes what stands before the data of a chunk; returns its size. ChunkEnd follows the data.
std::size_t write_chunk_head(std::size_t size, char* room) noexcept;
inline constexpr std::string_view ChunkEnd = "\r\n";
inline constexpr std::string_view LastChunk = "0\r\n\r\n";

}  // namespace portico::http::h1
