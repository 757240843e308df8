// SPDX-License-Identifier: Apache-2.0
// What one place of `proxy:` does with a request and with its answer.
#pragma once

#include "message/cookie_edits.h"
#include "message/forwarding.h"
#include "message/header_edits.h"
#include "message/locations.h"
#include "message/path_rule.h"
#include "message/query_edits.h"
#include "route_settings.h"
#include "upstream/group.h"
#include "upstream/mirror.h"
#include <portico/flow.h>
#include <portico/host.h>

#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace portico::proxy {

/// Immutable; on all loops at once.
class Route {
 public:
  /// `mirror` is the upstream of `settings.mirror`, where there is one. Throws
  /// std::invalid_argument with what is wrong.
  Route(const RouteSettings& settings, const Group& group, const Group* mirror, const Host& host);
  Route(const Route&) = delete;
  Route& operator=(const Route&) = delete;
  ~Route() = default;

  [[nodiscard]] Flow serve(Request& request) const;
  /// `told` is the Host that the upstream was told, where it is one of our own.
  void edit_answer(const Request& request, Response& response, std::string_view told) const;

 private:
  enum class HostRule : std::uint8_t { Client, Upstream, Own };

  void tell(Request& request) const;
  /// The Host of our own; nothing where what the client sent makes none of it.
  [[nodiscard]] std::optional<std::string_view> own_host(const Request& request) const;

  const Group& group_;
  const Host& gateway_;
  PathRule path_;
  QueryEdits query_;
  HeaderEdits headers_;
  Forwarding forwarding_;
  Template host_;
  HostRule host_rule_;
  bool upgrades_;
  bool request_trailers_;
  std::optional<Mirror> mirror_;
  // The way back.
  std::vector<std::pair<int, int>> statuses_;
  HeaderEdits answer_headers_;
  std::optional<Locations> locations_;
  std::optional<CookieEdits> cookies_;
};

}  // namespace portico::proxy
