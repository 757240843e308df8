// SPDX-License-Identifier: Apache-2.0
// The head of an upstream's HTTP/1 response, read as strictly as a request: an upstream that could
// be read in two ways would put bytes of its choice before the next client. What is refused is
// answered with 502, and the connection to the upstream is closed.
#pragma once

#include "http/h1/framing.h"
#include "http/h1/head_reader.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace portico::http::h1 {

/// Views into the bytes of the `parse` that was Done.
struct ResponseHead {
  std::uint16_t status = 0;  ///< 100 to 999. Below 200 another head follows, but for 101.
  std::string_view reason;
  std::uint8_t minor_version = 1;
  std::span<const Headers::Entry> fields;
  BodyFraming body;  ///< None for HEAD, 1xx, 204 and 304.
  /// As told, even where no body follows.
  std::optional<std::uint64_t> content_length;
  bool keep_alive = true;    ///< Whether the upstream may be asked again.
  std::string_view upgrade;  ///< The value of Upgrade, when Connection lists it.
};

class ResponseParser {
 public:
  explicit ResponseParser(const HeadLimits& limits);

  /// As `RequestParser::parse`. `method` is that of the request.
  [[nodiscard]] Parsed parse(std::string_view bytes, std::string_view method) noexcept;
  [[nodiscard]] const ResponseHead& head() const noexcept { return head_; }
  [[nodiscard]] std::size_t size() const noexcept { return reader_.size(); }
  /// After Refused; the status is always 502.
  [[nodiscard]] Refusal refusal() const noexcept {
    return {Status::BadGateway, reader_.refusal().code, reader_.refusal().sentence};
  }
  void reset() noexcept;

 private:
  [[nodiscard]] Parsed read_line() noexcept;
  [[nodiscard]] const Refusal* settle(std::string_view method) noexcept;
  [[nodiscard]] const Refusal* settle_body(std::string_view method) noexcept;

  HeadReader reader_;
  ResponseHead head_;
};

}  // namespace portico::http::h1
