// SPDX-License-Identifier: Apache-2.0
// Delivers by a channel of another plugin. On threads of the jobs.
#pragma once

#include "delivery/preparation.h"
#include "message/ways.h"
#include <portico/host.h>
#include <portico/jobs.h>

namespace portico::notify {

class Carrying {
 public:
  Carrying(const Preparation& preparation, const Ways& ways, Host& host)
      : preparation_(preparation), ways_(ways), host_(host) {}

  void work(Job job) const;

 private:
  const Preparation& preparation_;
  const Ways& ways_;
  Host& host_;
};

}  // namespace portico::notify
