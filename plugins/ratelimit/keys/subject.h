// SPDX-License-Identifier: Apache-2.0
// Whose request it is, by the parts that the file names. A text that a client sends is hashed as it
// is, of whatever size and content, and kept nowhere.
#pragma once

#include "keys/address.h"
#include "keys/hash.h"
#include "settings.h"
#include "store/key.h"
#include <portico/http.h>

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace portico::ratelimit {

class Subject {
 public:
  Subject(const Counting& settings, const Hash& hash);

  [[nodiscard]] Key of(const Request& request) const;
  /// Of texts for the parts, in their order, as an operator writes them. None where there are more
  /// or fewer.
  [[nodiscard]] std::optional<Key> of(std::span<const std::string> texts) const;
  /// The parts as texts, joined, for people; shortened.
  [[nodiscard]] std::string text_of(const Request& request) const;

 private:
  enum class Kind : std::uint8_t {
    Client,
    User,
    Header,
    Cookie,
    Query,
    Value,
    Route,
    Upstream,
    Host
  };
  struct Part {
    Kind kind;
    std::string name;
    Template value;
  };
  class Message;

  [[nodiscard]] static Part part_of(const KeyPart& settings, const std::string& api_key_header);
  /// Empty where the request does not have it.
  [[nodiscard]] static std::string_view text_of(const Part& part, const Request& request);

  void add_client(Message& message, std::string_view text) const noexcept;

  std::vector<Part> parts_;
  unsigned ipv6_prefix_;
  Hash hash_;
};

}  // namespace portico::ratelimit
