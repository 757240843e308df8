// SPDX-License-Identifier: Apache-2.0
// Messages of the name service, written byte by byte.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace portico::loop::dns {

using Bytes = std::vector<std::uint8_t>;

/// "a.test" as a message has it.
[[nodiscard]] Bytes written_name(std::string_view name);
/// A question of that name and type, with an id.
[[nodiscard]] Bytes written_query(std::string_view name, std::uint16_t type, std::uint16_t id = 7);

struct AskedFor {
  std::string name;
  std::uint16_t type = 0;
};
[[nodiscard]] AskedFor asked_for(const Bytes& query);

/// The answer to a query: its id and its question, then what is added.
class MessageWriter {
 public:
  explicit MessageWriter(const Bytes& query);

  MessageWriter& code(std::uint8_t code);
  MessageWriter& truncated();
  MessageWriter& id(std::uint16_t id);
  /// A record of the name that was asked for, unless `owner` names another.
  MessageWriter& record(std::uint16_t type, std::uint32_t ttl, const Bytes& data,
                        std::string_view owner = {});
  MessageWriter& a(std::uint8_t last, std::uint32_t ttl = 60, std::string_view owner = {});
  MessageWriter& service(std::uint16_t priority, std::uint16_t weight, std::uint16_t port,
                         std::string_view target, std::uint32_t ttl = 60);
  [[nodiscard]] const Bytes& bytes() const noexcept { return bytes_; }

 private:
  Bytes bytes_;
};

}  // namespace portico::loop::dns
