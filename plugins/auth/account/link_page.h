// SPDX-License-Identifier: Apache-2.0
// The page behind a mailed link, for an application that has none of its own. Opening it changes
// nothing, because mail scanners open every link: its button posts the token to where the page came
// from. It tells nobody where it was opened from, and runs no script but its own; where that does
// not run, what was typed is in a body that is refused, and never in an address.
#pragma once

#include <portico/http.h>

#include <string>
#include <string_view>

namespace portico::auth {

class LinkPage {
 public:
  enum class Asks : std::uint8_t { Confirmation, NewPassword };

  /// `script` is where the script is served, as seen from the page.
  LinkPage(std::string_view title, Asks asks, std::string_view script);

  [[nodiscard]] Response show() const;
  [[nodiscard]] static Response script();

 private:
  std::string html_;
};

}  // namespace portico::auth
