// SPDX-License-Identifier: Apache-2.0
// A handler that honours Idempotency-Key: of all requests of a caller that bear the same key it
// sees one, and the others get what it answered. On the worker that serves the request.
#pragma once

#include "services/log/sink.h"
#include "sql/idempotency/records.h"
#include <portico/callable.h>
#include <portico/http.h>

#include <exception>
#include <string>
#include <string_view>

namespace portico::sql {

class Once {
 public:
  using Handler = Callable<Response(Request&)>;

  /// `handler`, which stays, as the route of that plugin: "POST /accounts/{name}".
  Once(const Handler& handler, std::string plugin, std::string route, IdempotencyRecords records,
       base::Sealer& sealer, services::LogSink& log);

  [[nodiscard]] Response operator()(Request& request);

 private:
  using Hold = IdempotencyRecords::Hold;

  [[nodiscard]] Asked ask(const Request& request, std::string_view key) const;
  [[nodiscard]] Response handle(Request& request, const Hold& hold);
  void settle(const Hold& hold, const Response& answer) noexcept;
  void release(const Hold& hold) noexcept;
  void tell(std::string_view what, const std::exception& error) const noexcept;

  const Handler* handler_;
  std::string plugin_;
  std::string route_;
  IdempotencyRecords records_;
  base::Sealer* sealer_;
  services::LogSink* log_;
};

}  // namespace portico::sql
