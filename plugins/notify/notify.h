// SPDX-License-Identifier: Apache-2.0
// The plugin `notify`: tells people and systems.
#pragma once

#include "api/api.h"
#include "api/own_api.h"
#include "delivery/carrying.h"
#include "delivery/digesting.h"
#include "delivery/emailing.h"
#include "delivery/mailer.h"
#include "delivery/preparation.h"
#include "delivery/settling.h"
#include "hook/fan_out.h"
#include "hook/health.h"
#include "hook/posting.h"
#include "live/live.h"
#include "message/acceptance.h"
#include "message/address_digest.h"
#include "message/unsubscribing.h"
#include "message/ways.h"
#include "message/wordings.h"
#include "notification_service.h"
#include "reminder/reminding.h"
#include "settings.h"
#include <portico/sdk.h>

#include <memory>

namespace portico::notify {

class NotifyPlugin final : public Plugin {
 public:
  using Config = notify::Config;
  static constexpr Info info{"notify", "0.1.0", "Tells people and systems"};

  NotifyPlugin(const Config& config, Host& host);
  void setup(Registrar& registrar) override;
  void start() override;

 private:
  [[nodiscard]] Site site();
  void handle_jobs();
  void keep_house();

  const Config config_;
  Host& host_;
  Sql& sql_;
  Jobs& jobs_;
  const AddressDigest digest_;
  Ways ways_;
  Wordings wordings_;
  const Unsubscribing unsubscribing_;
  const Preparation preparation_;
  Emailing emailing_;
  const Carrying carrying_;
  const Acceptance acceptance_;
  const Health health_;
  Settling settling_;
  const Owners owners_;
  const FanOut fan_out_;
  const Posting posting_;
  const Digesting digesting_;
  const Reminding reminding_;
  NotificationService service_;
  Live live_;
  Api api_;
  OwnApi own_api_;
  std::unique_ptr<Mailer> mailer_;  // From `start` on.
};

}  // namespace portico::notify
