// SPDX-License-Identifier: Apache-2.0
// Turns an event into deliveries: one for each endpoint that wants it. Within the transaction that
// puts the event away, so that each endpoint gets it once however often the event is told.
#pragma once

#include "message/acceptance.h"
#include "message/owners.h"
#include "store/endpoints.h"
#include <portico/events.h>
#include <portico/host.h>
#include <portico/sql.h>

#include <span>
#include <string>
#include <string_view>

namespace portico::notify {

class FanOut {
 public:
  /// What it takes to have an endpoint.
  static constexpr std::string_view Permission = "notify:webhooks:read";

  FanOut(Host& host, const Acceptance& acceptance, const AddressDigest& digest,
         const Owners& owners)
      : host_(host), acceptance_(acceptance), digest_(digest), owners_(owners) {}

  void tell(Transaction& db, const Event& event) const;
  /// To that one alone, whatever it wants. Returns the id of the delivery.
  std::string test(Transaction& db, const EndpointRow& endpoint) const;

 private:
  [[nodiscard]] MessageRow message_of(const std::string& type, std::string_view data,
                                      Time happened) const;
  std::string deliver(Transaction& db, const MessageRow& message, std::string_view endpoint,
                      std::string_view url) const;

  Host& host_;
  const Acceptance& acceptance_;
  const AddressDigest& digest_;
  const Owners& owners_;
};

}  // namespace portico::notify
