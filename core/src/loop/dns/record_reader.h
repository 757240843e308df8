// SPDX-License-Identifier: Apache-2.0
// The records of one type in the answer section of a message, for the name of its question and the
// names that this is an alias of.
#pragma once

#include "loop/dns/message.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace portico::loop::dns {

struct Record {
  std::chrono::seconds ttl{0};  ///< Or that of an alias on the way, where that is smaller.
  std::size_t place = 0;        ///< Where its data begins in the message.
  std::span<const std::uint8_t> data;
};

class RecordReader {
 public:
  /// `message` stays while this is read.
  RecordReader(std::span<const std::uint8_t> message, RecordType type);

  /// Nothing at the end, and once something cannot be read.
  [[nodiscard]] std::optional<Record> next();
  [[nodiscard]] bool malformed() const noexcept { return malformed_; }

  /// The name that stands there, in lower case; empty for the root. Names refer to one another, so
  /// the whole message is needed to read one.
  struct Name {
    std::string text;
    std::size_t length = 0;  ///< Of what stands there.
  };
  [[nodiscard]] std::optional<Name> name_at(std::size_t place) const;

 private:
  struct Head {
    std::string owner;
    RecordType type{};
    bool internet = false;
    Record record;
  };

  [[nodiscard]] std::optional<Head> read_head();
  [[nodiscard]] std::uint16_t word_at(std::size_t place) const noexcept;

  std::span<const std::uint8_t> message_;
  RecordType type_;
  std::size_t place_ = 0;
  std::size_t left_ = 0;
  std::string name_;
  std::chrono::seconds ttl_{std::chrono::seconds::max()};
  bool malformed_ = false;
};

}  // namespace portico::loop::dns
