// SPDX-License-Identifier: Apache-2.0
// What the server uses of the process; all of it outlives the server.
#pragma once

#include "base/clock.h"
#include "http/cookie_signer.h"
#include "pipeline/journal.h"
#include "pipeline/worker_pool.h"
#include "services/log/access_log.h"
#include "services/log/sink.h"

namespace portico::server {

struct Parts {
  pipeline::Workers& workers;
  pipeline::Journal& journal;
  services::LogSink& log;
  const http::CookieSigner* cookie_signer = nullptr;  ///< Without one no cookie is signed.
  const base::Clock& clock = base::system_clock();
  services::AccessLog* access = nullptr;  ///< With a writer for each lane; null: no access log.
};

}  // namespace portico::server
