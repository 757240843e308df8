// SPDX-License-Identifier: Apache-2.0
// Turns an event into deliveries: one for each endpoint that wants it. Within the transaction that
// puts the event away, so that each endpoint gets it once however often the event is told.
#pragma once

#include "message/acceptance.h"
#include "store/endpoints.h"
#include <portico/events.h>
#include <portico/host.h>
#include <portico/sql.h>

#include <span>
#include <string>

namespace portico::notify {

class FanOut {
 public:
  FanOut(Host& host, const Acceptance& acceptance, const AddressDigest& digest)
      : host_(host), acceptance_(acceptance), digest_(digest) {}

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
};

}  // namespace portico::notify
