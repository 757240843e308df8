// SPDX-License-Identifier: Apache-2.0
// What a lane is told to do from now on: where it accepts, who answers, within which limits.
#pragma once

#include "server/application.h"
#include "server/listening_socket.h"
#include "server/options.h"
#include "server/route_series.h"
#include "tls/context.h"

#include <array>
#include <memory>
#include <vector>

namespace portico::server {

/// Who answers on which listener, by `Serves`.
using Applications = std::array<std::shared_ptr<const Application>, ServesCount>;

/// One lane's part of a listener.
struct Station {
  Listener listener;
  std::shared_ptr<const tls::Context> tls;        ///< Null: it speaks plain HTTP.
  std::shared_ptr<const ListeningSocket> socket;  ///< Other lanes may accept from it too.
  bool shared = false;                            ///< They do.
};

struct Duty {
  std::shared_ptr<const Options> options;  ///< Shared: each lane lets go of it in its own time.
  Applications applications;               ///< Null: as before.
  std::vector<Station> stations;
  std::shared_ptr<const SeriesTable> series;  ///< Of the gateway's routes.
};

}  // namespace portico::server
