// SPDX-License-Identifier: Apache-2.0
// Routes of deliveries that came to nothing: looking, trying again one or many, forgetting.
#pragma once

#include "api/message_body.h"
#include "api/site.h"
#include <portico/http.h>
#include <portico/schema.h>

#include <cstdint>
#include <string>

namespace portico::notify {

struct ReplayBody {
  std::string from;
  std::string to;
  std::string endpoint;
  std::string status = "dead";

  static void describe(Schema<ReplayBody>& s);
};

struct ReplayView {
  std::int64_t queued = 0;

  static void describe(Schema<ReplayView>& s);
};

class DeadLetters {
 public:
  explicit DeadLetters(const Site& site) : site_(site) {}

  [[nodiscard]] Response list(Request& request) const;
  [[nodiscard]] Response show_attempts(Request& request) const;
  [[nodiscard]] Response requeue(Request& request) const;
  [[nodiscard]] Response remove(Request& request) const;
  [[nodiscard]] Response replay(Request& request) const;

 private:
  void requeue_row(Transaction& db, const DeliveryRow& row) const;

  const Site& site_;
};

struct AttemptView {
  std::int64_t n = 0;
  std::string started_at;
  std::int64_t duration_us = 0;
  std::string outcome;
  std::optional<std::string> code;
  std::optional<std::string> snippet;

  static void describe(Schema<AttemptView>& s);
};

struct AttemptList {
  std::vector<AttemptView> items;

  static void describe(Schema<AttemptList>& s);
};

}  // namespace portico::notify
