// SPDX-License-Identifier: Apache-2.0
// Delivers by a channel of another plugin, or into an inbox. On threads of the jobs.
#pragma once

#include "delivery/preparation.h"
#include "message/ways.h"
#include <portico/host.h>
#include <portico/jobs.h>
#include <portico/sql.h>

namespace portico::notify {

class Carrying {
 public:
  Carrying(const Preparation& preparation, const Ways& ways, Host& host, Sql& sql)
      : preparation_(preparation), ways_(ways), host_(host), sql_(sql) {}

  void work(Job job) const;

 private:
  void into_inbox(Job& job, const Prepared& prepared) const;

  const Preparation& preparation_;
  const Ways& ways_;
  Host& host_;
  Sql& sql_;
};

}  // namespace portico::notify
