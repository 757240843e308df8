// SPDX-License-Identifier: Apache-2.0
// Routes of webhooks. Everybody sees and changes their own alone.
#pragma once

#include "api/site.h"
#include "api/webhook_body.h"
#include "hook/endpoint_secrets.h"
#include <portico/http.h>
#include <portico/plugin.h>

#include <string>

namespace portico::notify {

class WebhookRoutes {
 public:
  explicit WebhookRoutes(const Site& site) : site_(site) {}
  WebhookRoutes(const WebhookRoutes&) = delete;
  WebhookRoutes& operator=(const WebhookRoutes&) = delete;

  [[nodiscard]] Response list(Request& request) const;
  [[nodiscard]] Response create(Request& request) const;
  [[nodiscard]] Response show(Request& request) const;
  [[nodiscard]] Response change(Request& request) const;
  [[nodiscard]] Response remove(Request& request) const;
  [[nodiscard]] Response rotate(Request& request) const;
  [[nodiscard]] Response attempts(Request& request) const;
  [[nodiscard]] Response test(Request& request) const;
  [[nodiscard]] Response enable(Request& request) const;
  [[nodiscard]] Response recover(Request& request) const;
  [[nodiscard]] Response events(Request& request) const;

 private:
  [[nodiscard]] EndpointRow own(Reader& db, const Request& request) const;
  void check_url(const std::string& url) const;
  [[nodiscard]] WebhookView view_of(const EndpointRow& row) const;
  void apply(EndpointRow& row, const WebhookChange& body) const;

  const Site& site_;
};

}  // namespace portico::notify
