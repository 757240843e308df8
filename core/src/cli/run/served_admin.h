// SPDX-License-Identifier: Apache-2.0
// The admin address as the server asks it for chains: their terminals ask `Admin`, on the loop or,
// for what takes time, on a worker.
#pragma once

#include "admin/admin.h"
#include "pipeline/chain.h"
#include "pipeline/worker_pool.h"
#include "server/application.h"
#include <portico/plugin.h>

#include <cstdint>

namespace portico::cli {

class ServedAdmin final : public server::Application {
 public:
  enum class Scope : std::uint8_t { All, Probes };

  /// What takes time is made by `workers`: they are the admin address's own, for it must answer
  /// when the gateway's are stuck.
  ServedAdmin(admin::AdminSettings settings, admin::Place place, Scope scope,
              pipeline::Workers& workers);

  [[nodiscard]] const pipeline::Chain& route(http::RequestState& request) const override;
  void decorate_early(Response&, const Headers&) const override {}

 private:
  [[nodiscard]] Response answer(Request& request) const;

  const admin::Admin admin_;
  const admin::Place place_;
  const Scope scope_;
  const detail::Rule rule_;
  const Callable<Response(Request&)> handler_;
  pipeline::Chain chain_;
  pipeline::Chain slow_chain_;
};

}  // namespace portico::cli
