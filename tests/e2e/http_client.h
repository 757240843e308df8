// SPDX-License-Identifier: Apache-2.0
// The smallest client that shows what a server really sent.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace portico::e2e {

struct HttpReply {
  int status = 0;
  std::string head;  ///< Status line and fields, as received.
  std::string body;  ///< As received; chunked ones are put together.

  /// The first field of that name (without case); empty when there is none.
  [[nodiscard]] std::string header(std::string_view name) const;
};

/// Sends `bytes` to the port on 127.0.0.1 and reads until the server closes or resets the
/// connection.
std::string exchange(std::uint16_t port, std::string_view bytes);

/// One request with Connection: close. `fields` are whole lines, each with its CRLF.
HttpReply request(std::uint16_t port, std::string_view method, std::string_view target,
                  std::string_view fields = {}, std::string_view body = {});
inline HttpReply get(std::uint16_t port, std::string_view target, std::string_view fields = {}) {
  return request(port, "GET", target, fields);
}

HttpReply parse_reply(const std::string& bytes);

}  // namespace portico::e2e
