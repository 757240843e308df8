// SPDX-License-Identifier: Apache-2.0
// The header of a message, field by field. Every value that came from elsewhere goes through one of
// these functions, so nothing in it can begin a line of its own. They throw std::invalid_argument
// for what cannot be written, with a sentence that names the field. One thread.
#pragma once

#include "mail/address.h"

#include <string>
#include <string_view>

namespace portico::notify::mail {

class Header {
 public:
  /// A value that is ASCII, one line, and has its form already.
  void line(std::string_view name, std::string_view value);
  void text(std::string_view name, std::string_view value);
  void mailbox(std::string_view name, std::string_view display, const Address& address);
  /// A field of somebody's own: of a name that means nothing to us.
  void custom(std::string_view name, std::string_view value);

  /// With the empty line that ends it.
  [[nodiscard]] std::string bytes() const { return bytes_ + "\r\n"; }

 private:
  std::string bytes_;
};

}  // namespace portico::notify::mail
