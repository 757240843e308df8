// SPDX-License-Identifier: Apache-2.0
// What the heads of requests and responses have in common: lines, fields, limits, and bytes that
// arrive in pieces. A line is judged once it has ended, from left to right, so that the verdict
// never depends on how the bytes were cut.
#pragma once

#include "http/h1/framing.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

namespace portico::http::h1 {

/// What the fields say of the message itself.
struct KnownFields {
  Headers::Entry* host = nullptr;
  const Headers::Entry* length = nullptr;
  const Headers::Entry* encoding = nullptr;
  const Headers::Entry* upgrade = nullptr;
  bool host_repeated = false;
  bool framing_unclear = false;  ///< Two lengths or encodings, or a tab beside one.
  bool upgrade_repeated = false;
  bool expects_continue = false;
  bool expects_other = false;
  bool closes = false;  ///< `Connection` lists "close"; the next two likewise.
  bool keeps_alive = false;
  bool upgrades = false;

  /// The protocols that the peer offers or accepts to change to.
  [[nodiscard]] std::string_view offered() const noexcept {
    return upgrades && upgrade != nullptr && !upgrade_repeated ? upgrade->value
                                                               : std::string_view();
  }
};

/// How long a start line may be, and what a longer one is answered with.
struct StartLimit {
  std::size_t bytes;
  const Refusal& beyond;
};

class HeadReader {
 public:
  HeadReader(const HeadLimits& limits, StartLimit start);

  void reset() noexcept;
  /// One call of `parse`. `line` reads the start line; `settle` is asked, when the head is whole,
  /// what is wrong with it.
  template <class Line, class Settle>
  [[nodiscard]] Parsed read(std::string_view bytes, Line line, Settle settle) noexcept {
    if (!open(bytes)) return wait();
    if (!started_) {
      if (const Parsed read = line(); read != Parsed::Done) return read;
    }
    if (const Parsed read = read_fields(); read != Parsed::Done) return read;
    if (moved_) {
      // Once more from the beginning, at most once, and nothing of it has to be waited for.
      const std::size_t size = line_;
      reset();
      return this->read(bytes.substr(0, size), line, settle);
    }
    const Refusal* const refusal = settle();
    return refusal == nullptr ? Parsed::Done : refuse(*refusal);
  }

  // For who reads the start line: where it begins, and where the bytes of this call end.
  [[nodiscard]] const char* line() const noexcept { return begin_ + line_; }
  [[nodiscard]] const char* end() const noexcept { return end_; }
  /// The start line is read; the first field begins here.
  void start(const char* next) noexcept;
  /// An empty line before the start line is skipped.
  void skip_line(const char* next) noexcept { line_ = offset(next); }
  /// The present line has not ended: Refused when it, or the head, is too long already.
  [[nodiscard]] Parsed wait() noexcept;
  /// The present line breaks a rule. It is Refused when it has ended, and else waited for.
  [[nodiscard]] Parsed fail(const Refusal& refusal) noexcept;
  /// Refused, whether the line has ended or not.
  [[nodiscard]] Parsed refuse(const Refusal& refusal) noexcept;

  [[nodiscard]] std::size_t size() const noexcept { return line_; }
  [[nodiscard]] const Refusal& refusal() const noexcept { return *refusal_; }
  [[nodiscard]] std::span<const Headers::Entry> fields() const noexcept {
    return {fields_.get(), count_};
  }
  [[nodiscard]] KnownFields& known() noexcept { return known_; }
  [[nodiscard]] const HeadLimits& limits() const noexcept { return limits_; }

 private:
  [[nodiscard]] std::uint32_t offset(const char* at) const noexcept {
    return static_cast<std::uint32_t>(at - begin_);
  }
  [[nodiscard]] bool open(std::string_view bytes) noexcept;
  [[nodiscard]] Parsed read_fields() noexcept;
  void note(Headers::Entry& field) noexcept;
  void note_framing(const Headers::Entry*& place, const Headers::Entry& field) noexcept;
  void note_options(std::string_view list) noexcept;

  HeadLimits limits_;
  StartLimit start_;
  std::unique_ptr<Headers::Entry[]> fields_;
  KnownFields known_;
  const Refusal* refusal_ = nullptr;
  const char* begin_ = nullptr;
  const char* end_ = nullptr;  // Of what the limit lets be read.
  std::uint32_t line_ = 0;     // Where the present line begins.
  std::uint32_t seen_ = 0;     // No line ends before.
  std::uint32_t count_ = 0;
  bool started_ = false;
  bool moved_ = false;  // Fields of an earlier call point into where the bytes were.
  bool full_ = false;   // The limit is reached.
};

}  // namespace portico::http::h1
