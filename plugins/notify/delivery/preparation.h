// SPDX-License-Identifier: Apache-2.0
// What comes before any attempt, whatever the channel: is it still to be delivered, now, and in
// which words.
#pragma once

#include "message/unsubscribing.h"
#include "message/wordings.h"
#include "settings.h"
#include "store/outgoing.h"
#include <portico/host.h>
#include <portico/jobs.h>
#include <portico/sql.h>

#include <optional>
#include <string>

namespace portico::notify {

struct Prepared {
  Outgoing outgoing;
  Value data;
  RenderedMail words;
  std::string unsubscribe;  ///< A link; empty: none.
};

class Preparation {
 public:
  Preparation(const Config& config, Host& host, Sql& sql, const Wordings& wordings,
              const Unsubscribing& unsubscribing)
      : config_(config),
        host_(host),
        sql_(sql),
        wordings_(wordings),
        unsubscribing_(unsubscribing) {}

  /// Nothing: the job has been told why.
  [[nodiscard]] std::optional<Prepared> prepare(Job& job) const;

 private:
  [[nodiscard]] bool may_go(Reader& db, Job& job, const Outgoing& outgoing) const;
  [[nodiscard]] bool optional(const std::string& category) const;
  [[nodiscard]] bool is_quiet(Reader& db, Job& job, const Outgoing& outgoing) const;

  const Config& config_;
  Host& host_;
  Sql& sql_;
  const Wordings& wordings_;
  const Unsubscribing& unsubscribing_;
};

}  // namespace portico::notify
