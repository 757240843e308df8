// SPDX-License-Identifier: Apache-2.0
// The part of the compiler that puts what core does around a plugin's handler.
#include "plugin/host_state.h"
#include "plugin/site_compiler.h"
#include "sql/idempotency/once.h"

namespace portico::plugin {

const Callable<Response(Request&)>& SiteCompiler::handler(const Instance& instance,
                                                          const detail::RouteEntry& entry) {
  Process& process = generation_.process();
  // Without a secret nothing is served.
  if (entry.idempotent == nullptr || process.sealer == nullptr) return entry.handle;
  const sql::IdempotencyRecords records(*entry.idempotent, *process.sealer, process.clock,
                                        process.ids);
  return site_->handlers_.emplace_back(sql::Once(entry.handle, instance.name(),
                                                 entry.method + " " + entry.path, records,
                                                 *process.sealer, process.log));
}

}  // namespace portico::plugin
