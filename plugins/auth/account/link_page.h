// SPDX-License-Identifier: Apache-2.0
// The page behind a mailed link, for an application that has none of its own. Opening it changes
// nothing, because mail scanners open every link: its button posts the token to where the page came
// from. It brings no file with it, tells nobody where it was opened from, and runs no script but
// its own.
#pragma once

#include <portico/http.h>

#include <string>
#include <string_view>

namespace portico::auth {

class LinkPage {
 public:
  enum class Asks : std::uint8_t { Confirmation, NewPassword };

  LinkPage(std::string_view title, Asks asks);

  [[nodiscard]] Response show() const;

 private:
  std::string html_;
  std::string policy_;
};

}  // namespace portico::auth
