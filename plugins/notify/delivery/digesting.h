// SPDX-License-Identifier: Apache-2.0
// Gathers what was held for somebody into one mail, when their window ends.
#pragma once

#include "message/acceptance.h"
#include "message/wordings.h"
#include "settings.h"
#include "shared/json_out.h"
#include "store/deliveries.h"
#include <portico/host.h>
#include <portico/jobs.h>
#include <portico/schema.h>
#include <portico/sql.h>

#include <string>
#include <string_view>
#include <vector>

namespace portico::notify {

/// What the job carries.
struct DigestJob {
  std::string recipient;  ///< Whose wishes count.
  std::string digest;     ///< Of the address.
  std::string category;

  static void describe(Schema<DigestJob>& s);
};

class Digesting {
 public:
  Digesting(const Config& config, const Acceptance& acceptance, const Wordings& wordings,
            Host& host, Sql& sql)
      : config_(config), acceptance_(acceptance), wordings_(wordings), host_(host), sql_(sql) {}

  void work(Job job) const;

 private:
  void send_some(Transaction& db, const std::vector<DeliveryRow>& held,
                 const std::string& category) const;
  void send(Transaction& db, const std::vector<const DeliveryRow*>& taken,
            const Draft& draft) const;
  void settle(Transaction& db, const DeliveryRow& row, std::string_view status,
              std::string_view digest = {}, std::string_view error = {}) const;
  void add(Reader& db, const MessageRow& message, JsonOut& out) const;

  const Config& config_;
  const Acceptance& acceptance_;
  const Wordings& wordings_;
  Host& host_;
  Sql& sql_;
};

}  // namespace portico::notify
