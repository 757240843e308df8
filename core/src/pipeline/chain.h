// SPDX-License-Identifier: Apache-2.0
// The compiled chain of a route: its links, outermost first (the global ones, then the route's),
// and the terminal that answers. Immutable; shared by all loops; lives as long as the generation
// that made it. A 404 or 405 is a chain too: the global links and a terminal that replies.
#pragma once

#include "http/request_state.h"
#include <portico/callable.h>
#include <portico/http.h>
#include <portico/plugin.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace portico::pipeline {

/// Enforce: what the rule decides is done. Shadow: a reply of the rule, its throwing and its misuse
/// become a pass, counted and logged.
enum class Mode : std::uint8_t { Enforce, Shadow };

/// The `when` of a place of use.
class Condition {
 public:
  virtual ~Condition();
  [[nodiscard]] virtual bool holds(const http::RequestState& request) const noexcept = 0;
};

struct Link {
  const detail::Rule* rule = nullptr;
  std::uint16_t plugin = 0;     ///< Index for log and metrics; the journal knows the name.
  std::string_view middleware;  ///< Name as registered, for the log.
  Mode mode = Mode::Enforce;
  const Condition* when = nullptr;  ///< Null: always.
  /// It may attach stages to answers: Range and If-Range are taken out before the terminal.
  bool rewrites_response = false;
  /// It may answer a preflight: such a request is then routed as the one that it asks for.
  bool answers_preflight = false;
};

/// Exactly one of `rule` and `handler` is set.
class Workers;

struct Terminal {
  const detail::Rule* rule = nullptr;                     ///< On the loop.
  const Callable<Response(Request&)>* handler = nullptr;  ///< On a worker, with the whole body.
  Bytes body_limit{};                                     ///< Of the handler.
  Workers* workers = nullptr;                             ///< Who runs it; null: the usual ones.
  std::uint16_t plugin = 0;
  std::string_view name;  ///< Key of the terminal or pattern of the route, for the log.
};

struct Chain {
  std::span<const Link> links{};
  Terminal terminal{};
  std::optional<Bytes> body_limit{};  ///< Of a request's body: 413. None: the server's.
  /// From the request's head to the end of the answer: 504, or a cut connection. Zero: none.
  std::chrono::milliseconds total_timeout{0};
  /// As the file writes it, "GET /users/{id}"; empty for what no route answers. For the access log.
  std::string_view route{};
  /// Where it leads, as its terminal says; empty where it does not.
  std::string_view upstream{};
  /// Under which its requests are counted: an index into `server::Application::series`.
  std::uint32_t series = 0;
};

}  // namespace portico::pipeline
