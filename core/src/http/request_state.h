// SPDX-License-Identifier: Apache-2.0
// What is behind the SDK's `Request`: plain members that the engine fills before the chain starts.
// The views point into the received bytes or into the arena; both stay until the exchange is
// released.
#pragma once

#include "base/arena.h"
#include "http/body_stages.h"
#include "http/header_list.h"
#include <portico/http.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace portico::pipeline {
class Driver;
}

namespace portico::http {

class CookieSigner;

/// A part of the path that the route's pattern named.
struct Param {
  std::string_view name;
  std::string_view value;
};

/// What the engine knows of the request once its head has been read and its route found.
struct RequestHead {
  std::string_view method;
  std::string_view path;   ///< Normalised.
  std::string_view query;  ///< Without '?', as received.
  std::string_view host;   ///< Lower case, without port.
  std::string_view scheme;
  std::string_view client_address;
  std::string_view peer_address{};
  bool from_trusted_proxy = false;
  std::string_view id;
  std::string_view upgrade{};  ///< What the client offers to speak instead, if anything.
  /// Of the connection; null where there is none.
  const tls::ClientCertificate* certificate = nullptr;
  std::span<const Param> params;
  /// Length of the request's body; empty where only its end will tell (chunked).
  std::optional<std::uint64_t> body_length = 0;
};

class RequestState final : public Request {
 public:
  explicit RequestState(base::Arena& memory) noexcept;
  ~RequestState();

  static RequestState& of(Request& request) noexcept { return static_cast<RequestState&>(request); }
  static const RequestState& of(const Request& request) noexcept {
    return static_cast<const RequestState&>(request);
  }
  /// The request that this thread serves, or null.
  [[nodiscard]] static RequestState* current() noexcept;

  /// Destroys the attributes, newest first, the bonds and the stages; forgets everything. Before
  /// the arena's own `reset`. Afterwards the object is ready for the next request.
  void reset() noexcept;

  base::Arena& arena;
  RequestHead head;
  detail::HeaderList fields;
  const Principal* caller = nullptr;            ///< Null as long as nobody knows.
  std::string_view body_bytes;                  ///< Empty until somebody wanted the body whole.
  BodyStages stages;                            ///< Of the request's body.
  const CookieSigner* cookie_signer = nullptr;  ///< Stays from one request to the next.
  pipeline::Driver* driver = nullptr;           ///< Of the pipeline: who runs this exchange.

  struct AttributeNode {
    AttributeNode* next;
    std::string_view name;
    std::size_t size;
    void* value;
    void (*destroy)(void*) noexcept;
  };
  AttributeNode* attributes = nullptr;

  /// What an answer that stays open depends on, newest first.
  struct Bond {
    Bond* next;
    Step<bool()> holds;
    std::size_t at;  ///< Whose it is: the link of the chain, or the terminal behind them.
  };
  Bond* bonds = nullptr;
};

}  // namespace portico::http
