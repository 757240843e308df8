// SPDX-License-Identifier: Apache-2.0
// The admin address as the server asks it for chains: one chain, whose terminal asks `Admin`.
#pragma once

#include "admin/admin.h"
#include "pipeline/chain.h"
#include "server/application.h"
#include <portico/plugin.h>

#include <cstdint>

namespace portico::cli {

class ServedAdmin final : public server::Application {
 public:
  enum class Scope : std::uint8_t { All, Probes };

  ServedAdmin(admin::AdminSettings settings, admin::Place place, Scope scope);

  [[nodiscard]] const pipeline::Chain& route(http::RequestState&) const override { return chain_; }
  void decorate_early(Response&, const Headers&) const override {}

 private:
  [[nodiscard]] Flow answer(const Request& request) const;

  const admin::Admin admin_;
  const admin::Place place_;
  const Scope scope_;
  const detail::Rule rule_;
  pipeline::Chain chain_;
};

}  // namespace portico::cli
