// SPDX-License-Identifier: Apache-2.0
// Requests of the gateway's own: health checks, keys of other issuers, webhooks. They run on a loop
// apart from those that serve clients.
//
// Where an URL comes from somebody else it could point into the operator's network. So a fetch goes
// to public addresses alone, unless it says `internal`: every address of the name is looked at
// after it was resolved, the connection goes to an address that was looked at, redirects are not
// followed, and what is read of the answer is bounded.
#pragma once

#include <portico/api.h>
#include <portico/status.h>

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace portico {

class Upstream;

/// Whether a fetch that is not `internal` goes to a host of that name: an address of the public
/// internet ("192.0.2.1", "2001:db8::1"), or a name that is not meant for one machine or network
/// alone ("localhost", "x.internal"). Who takes URLs from strangers can tell them at once; the
/// addresses that a name has are looked at by the fetch.
[[nodiscard]] PORTICO_API bool is_public_host(std::string_view host);

struct Fetch {
  std::uint32_t size = sizeof(Fetch);
  std::string method = "GET";  ///< Empty: connects, and that is all.
  std::string url;             ///< Absolute, http or https, without user and password.
  std::vector<std::pair<std::string, std::string>> headers{};
  std::string body{};
  std::chrono::milliseconds timeout{15'000};        ///< Of everything.
  std::size_t most_bytes = std::size_t{16} * 1024;  ///< Of the answer's body.
  bool internal = false;                            ///< The operator named it: it may go anywhere.
  /// Connects there instead of asking for the URL's name: "192.0.2.1:80", "unix:/run/app.sock".
  std::string address{};
  /// Over TLS, trusts whom this upstream trusts and shows what it shows.
  const Upstream* as = nullptr;
};

struct Fetched {
  std::uint32_t size = sizeof(Fetched);
  Status status{};  ///< 0 where no answer came, and where none was asked for.
  std::vector<std::pair<std::string, std::string>> headers{};
  std::string body{};
  std::string error{};  ///< Why there is no answer, or not all of it. Empty when all went well.
  std::chrono::nanoseconds duration{0};

  [[nodiscard]] bool ok() const noexcept { return error.empty(); }
};

/// What the name service says. After an error what was found last stays good.
struct Resolved {
  struct Service {
    std::string target;
    std::uint16_t port = 0;
    std::uint16_t priority = 0;
    std::uint16_t weight = 0;
  };
  std::uint32_t size = sizeof(Resolved);
  std::vector<std::string> addresses{};  ///< "192.0.2.1", "2001:db8::1"; without port.
  std::vector<Service> services{};       ///< Of SRV.
  std::chrono::seconds ttl{0};
  bool gone = false;    ///< There is no such name, or nothing of the kind: that is an answer too.
  std::string error{};  ///< Nothing is known. Empty otherwise.
};

enum class Record : std::uint8_t { Address, Service };

}  // namespace portico
