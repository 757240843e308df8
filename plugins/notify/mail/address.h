// SPDX-License-Identifier: Apache-2.0
// Addresses of mail that are safe on the wire: whoever holds an Address may write it into a header
// or a command as it is. Values, any thread.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace portico::notify {

class Address {
 public:
  /// Spaces around it are dropped. ASCII alone: a domain of other letters begins with "xn--". What
  /// only some servers read (quotes, comments, addresses of the network) is no address.
  [[nodiscard]] static std::optional<Address> parse(std::string_view text);

  /// As it was written, the domain in lower case.
  [[nodiscard]] const std::string& text() const noexcept { return text_; }
  [[nodiscard]] std::string_view local() const noexcept {
    return std::string_view(text_).substr(0, at_);
  }
  [[nodiscard]] std::string_view domain() const noexcept {
    return std::string_view(text_).substr(at_ + 1);
  }

  bool operator==(const Address&) const = default;

 private:
  Address(std::string text, std::size_t at) noexcept : text_(std::move(text)), at_(at) {}

  std::string text_;
  std::size_t at_;
};

/// An address and whose it is.
struct Mailbox {
  std::string name;  ///< UTF-8; empty: none.
  Address address;

  /// "a@b.example", "Name <a@b.example>" or "\"Name\" <a@b.example>". A name has at most 100 code
  /// points, none of which controls a line or turns the direction of a text round.
  [[nodiscard]] static std::optional<Mailbox> parse(std::string_view text);

  bool operator==(const Mailbox&) const = default;
};

}  // namespace portico::notify
