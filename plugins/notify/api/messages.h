// SPDX-License-Identifier: Apache-2.0
// Routes of messages: sending, looking, cancelling, trying again.
#pragma once

#include "api/message_body.h"
#include "api/site.h"
#include <portico/http.h>

namespace portico::notify {

class MessageRoutes {
 public:
  explicit MessageRoutes(const Site& site) : site_(site) {}

  [[nodiscard]] Response send(Request& request) const;
  [[nodiscard]] Response send_many(Request& request) const;
  [[nodiscard]] Response list(Request& request) const;
  [[nodiscard]] Response show(Request& request) const;
  [[nodiscard]] Response cancel(Request& request) const;
  [[nodiscard]] Response retry(Request& request) const;

 private:
  [[nodiscard]] AcceptedView accept_one(const MessageBody& body, const std::string& by) const;

  const Site& site_;
};

}  // namespace portico::notify
