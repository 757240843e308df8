// SPDX-License-Identifier: Apache-2.0
// How busy the threads of handlers are: as metrics, and for /status.
#pragma once

#include "base/json_writer.h"
#include "pipeline/crypto_pool.h"
#include "pipeline/worker_pool.h"
#include "services/metrics/exposition.h"

namespace portico::cli {

struct Pools {
  const pipeline::WorkerPool& workers;
  const pipeline::CryptoPool& crypto;
};

// From any thread.
void expose_pools(services::Exposition& exposition, const Pools& pools);
void write_pools(base::JsonWriter& json, const Pools& pools);

}  // namespace portico::cli
