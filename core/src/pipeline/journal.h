// SPDX-License-Identifier: Apache-2.0
// What the driver tells of: faults of plugins, shadowed answers, refusals, and the end of every
// exchange. The journal turns it into log lines and counters. Called on the loop; must not block,
// throw, or keep a view.
#pragma once

#include <portico/http.h>

#include <chrono>
#include <cstdint>
#include <string_view>

namespace portico::http {
class RequestState;
}

namespace portico::pipeline {

struct Chain;

/// Whose turn it was.
enum class Turn : std::uint8_t {
  Rule,
  Start,
  Then,
  Job,
  Handler,
  After,
  Finally,
  RequestStage,
  ResponseStage,
  Bond,
};
[[nodiscard]] std::string_view word(Turn turn) noexcept;

struct Incident {
  enum class Kind : std::uint8_t {
    Threw,     ///< A plugin threw; `what` says what.
    Misused,   ///< A plugin returned what it must not; `what` says what.
    Shadowed,  ///< The link is in shadow mode and would have answered with `status`.
    PoolFull,  ///< No worker was free and the queue was full: 503.
    TooLarge,  ///< The body was larger than the bound that was asked for: 413.
    Ended,     ///< An answer that stayed open was ended: what it depended on holds no longer.
    Internal,  ///< An answer carried a text for the log alone: `what`.
  };
  Kind kind;
  Turn turn;
  std::uint16_t plugin;
  std::string_view place;  ///< Name of the middleware or terminal.
  Status status{};
  std::string_view what;
  std::string_view request_id;
};

class Journal {
 public:
  Journal(const Journal&) = delete;
  Journal& operator=(const Journal&) = delete;
  virtual ~Journal();

  virtual void note(const Incident& incident) noexcept = 0;
  /// A plugin's function has kept a loop from all else for so long, and still does. Called on the
  /// watchdog's thread.
  virtual void held(std::uint16_t plugin, Turn turn, std::chrono::nanoseconds time) noexcept;
  /// Once for each exchange, after every `finally`.
  virtual void ended(const http::RequestState& request, const Chain& chain,
                     const Outcome& outcome) noexcept = 0;

 protected:
  Journal() = default;
};

}  // namespace portico::pipeline
