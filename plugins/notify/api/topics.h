// SPDX-License-Identifier: Apache-2.0
// Routes of topics: saying something on one, listening to it, and who may.
#pragma once

#include "api/site.h"
#include "live/live.h"
#include <portico/http.h>
#include <portico/schema.h>

#include <cstdint>
#include <memory>
#include <string>

namespace portico::notify {

struct PublishBody {
  std::string event;
  Json payload;

  static void describe(Schema<PublishBody>& s);
};

struct PublishedView {
  std::int64_t seq = 0;

  static void describe(Schema<PublishedView>& s);
};

class TopicRoutes {
 public:
  TopicRoutes(const Site& site, Live& live) : site_(site), live_(live) {}

  [[nodiscard]] Response publish(Request& request) const;
  [[nodiscard]] Response stream(Request& request) const;
  [[nodiscard]] Response subscribe(Request& request) const;
  [[nodiscard]] Response unsubscribe(Request& request) const;

 private:
  [[nodiscard]] Listener::Who listener_of(const Request& request) const;
  [[nodiscard]] std::unique_ptr<Outlet> open(Request& request, Seat seat, Response& answer) const;

  const Site& site_;
  Live& live_;
};

}  // namespace portico::notify
