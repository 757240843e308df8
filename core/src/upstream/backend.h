// SPDX-License-Identifier: Apache-2.0
// One server behind the gateway, as every loop knows it.
#pragma once

#include "upstream/figures.h"
#include "upstream/socket_address.h"

#include <memory>
#include <string>

namespace portico::upstream {

struct Backend {
  std::string address;
  std::string name;
  std::string host;  ///< What its certificate must bear, over TLS.
  SocketAddress where;
  std::shared_ptr<Figures> figures = std::make_shared<Figures>();
};

}  // namespace portico::upstream
