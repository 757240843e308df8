// SPDX-License-Identifier: Apache-2.0
// The link in a mail by which its recipient turns a category off, without a login. As RFC 8058 has
// it, a POST does so at once and whatever its body; a GET, which scanners of mails make too, shows
// a page with a button.
#pragma once

#include "api/site.h"
#include "message/unsubscribing.h"
#include <portico/http.h>

namespace portico::notify {

class UnsubscribeRoutes {
 public:
  explicit UnsubscribeRoutes(const Site& site) : site_(site) {}

  [[nodiscard]] Response show(Request& request) const;
  [[nodiscard]] Response unsubscribe(Request& request) const;

 private:
  [[nodiscard]] Unsubscribing::Wish wish_of(const Request& request) const;
  [[nodiscard]] std::string title_of(const Unsubscribing::Wish& wish) const;

  const Site& site_;
};

}  // namespace portico::notify
