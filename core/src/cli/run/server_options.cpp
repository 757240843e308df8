// SPDX-License-Identifier: Apache-2.0
#include "cli/run/server_options.h"

#include <algorithm>
#include <thread>

namespace portico::cli {

std::size_t cores() { return std::max(1U, std::thread::hardware_concurrency()); }

server::Options server_options(const config::Settings& settings) {
  server::Options options;
  for (const config::Listener& listener : settings.listen) {
    options.listeners.push_back({listener.where, server::Serves::Gateway, listener.proxy_protocol});
  }
  options.listeners.push_back({settings.admin.where, server::Serves::Admin});
  if (settings.admin.health_where) {
    options.listeners.push_back({*settings.admin.health_where, server::Serves::Probes});
  }
  options.limits.header_bytes = settings.limits.header_bytes.count;
  options.limits.body_bytes = settings.limits.body_bytes.count;
  options.limits.header_timeout = settings.limits.header_timeout;
  options.limits.idle_timeout = settings.limits.idle_timeout;
  options.limits.connections = settings.limits.connections;
  options.limits.connections_per_client = settings.limits.connections_per_client;
  options.trusted_proxies = settings.trusted_proxies;
  options.lanes = settings.worker_count != 0 ? settings.worker_count : cores();
  return options;
}

}  // namespace portico::cli
