// SPDX-License-Identifier: Apache-2.0
// "notifications/1": other plugins have something to say.
#pragma once

#include "message/acceptance.h"
#include <portico/notify.h>

namespace portico::notify {

class NotificationService final : public Notifications {
 public:
  NotificationService(const Config& config, const Acceptance& acceptance)
      : config_(config), acceptance_(acceptance) {}

  [[nodiscard]] std::string_view database() const noexcept override { return config_.database; }
  std::optional<std::string> accept(Transaction& db, const Notice& notice) override;

 private:
  const Config& config_;
  const Acceptance& acceptance_;
};

}  // namespace portico::notify
