// SPDX-License-Identifier: Apache-2.0
// The head of an HTTP/1 request, read strictly and in place: whatever two servers in a row could
// read differently is refused, and everything refused closes the connection. Resumable; neither
// allocates nor throws once it is made. For one thread at a time.
#pragma once

#include "http/h1/framing.h"
#include "http/h1/head_reader.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace portico::http::h1 {

/// The authority form (CONNECT) is always refused: this is no forward proxy.
enum class TargetForm : std::uint8_t { Origin, Absolute, Asterisk };

/// Views into the bytes of the `parse` that was Done.
struct RequestHead {
  std::string_view method;  ///< Any token.
  std::string_view target;
  std::string_view path;   ///< Before the '?', raw. May be empty in the absolute form.
  std::string_view query;  ///< Without the '?'.
  /// The authority: of the absolute form, else of Host. Its syntax is checked; a port may follow,
  /// and a name may end in a dot. Empty only in HTTP/1.0.
  std::string_view host;
  std::string_view scheme;  ///< "http" or "https" in any case; of the absolute form alone.
  TargetForm form = TargetForm::Origin;
  std::uint8_t minor_version = 1;  ///< 0 or 1.
  /// As received, without blanks around the values; the value of Host is `host` in any case.
  std::span<const Headers::Entry> fields;
  BodyFraming body;
  bool keep_alive = true;         ///< What the client is able and willing to do.
  bool expects_continue = false;  ///< There is a body, and it may wait for a 100.
  std::string_view upgrade;       ///< The value of Upgrade, when Connection lists it.
};

class RequestParser {
 public:
  explicit RequestParser(const HeadLimits& limits);

  /// `bytes` begins where the head begins, and holds those of the last call and more; they may have
  /// moved in memory. The work is proportional to the new ones. Not to be called after Done or
  /// Refused before `reset`.
  [[nodiscard]] Parsed parse(std::string_view bytes) noexcept;
  /// After Done.
  [[nodiscard]] const RequestHead& head() const noexcept { return head_; }
  /// After Done: the bytes of the head, empty lines before it included.
  [[nodiscard]] std::size_t size() const noexcept { return reader_.size(); }
  /// After Refused.
  [[nodiscard]] const Refusal& refusal() const noexcept { return reader_.refusal(); }
  /// For the next head.
  void reset() noexcept;

 private:
  [[nodiscard]] Parsed skip_empty_lines() noexcept;
  [[nodiscard]] Parsed read_line() noexcept;
  [[nodiscard]] Parsed refuse_target(const char* stop) noexcept;
  [[nodiscard]] Parsed refuse_version(const char* version) noexcept;
  [[nodiscard]] const Refusal* settle() noexcept;
  [[nodiscard]] const Refusal* settle_target() noexcept;
  [[nodiscard]] const Refusal* settle_absolute() noexcept;
  void split(std::string_view target) noexcept;
  [[nodiscard]] const Refusal* settle_host() noexcept;
  [[nodiscard]] const Refusal* settle_body() noexcept;

  HeadReader reader_;
  RequestHead head_;
};

}  // namespace portico::http::h1
