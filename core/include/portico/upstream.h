// SPDX-License-Identifier: Apache-2.0
// Servers behind the gateway. Core has the mechanism: connections, pools, tries, deadlines, queues.
// A plugin has the policy: which endpoints there are, which of them gets a request, whether it is
// tried again, and what its outcome means.
//
//   class Both : public portico::Plugin {
//     Both(const Config&, Host& host) : upstream_(host.upstream({.name = "both"})) {}
//     void start() override {
//       upstream_.publish({{.address = "127.0.0.1:4000"}, {.address = "127.0.0.1:4001"}},
//                          {.pick = [](Choice& choice) { return choice.turn() % choice.size(); }});
//     }
//     ... r.terminal<Target>("both", [this](const Target&) {
//       return [this](Request&) { return forward({.upstream = &upstream_}); };
//     });
//   };
#pragma once

#include <portico/api.h>
#include <portico/callable.h>
#include <portico/http.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace portico {

/// One server that requests can be sent to.
struct Endpoint {
  std::uint32_t size = sizeof(Endpoint);
  /// "192.0.2.1:80", "[2001:db8::1]:80" or "unix:/run/app.sock"; no names.
  std::string_view address;
  /// "app.internal:8080", as requests that rewrite their Host say it, and in logs and figures. The
  /// address where it is empty. Over TLS the certificate must bear it, unless the upstream's
  /// `server_name` says another.
  std::string_view name{};
};

/// How an upstream's endpoints are spoken to. Zero means never, or no bound.
struct UpstreamOptions {
  std::uint32_t size = sizeof(UpstreamOptions);
  std::string_view name;  ///< In logs and figures.

  bool tls = false;
  std::string_view ca{};           ///< File of the authorities to trust; the system's when empty.
  std::string_view certificate{};  ///< Files of ours, where the upstream asks for one.
  std::string_view key{};
  std::string_view server_name{};

  std::chrono::milliseconds connect_timeout{5'000};  ///< TLS included.
  /// Without a byte taken by it or come from it.
  std::chrono::milliseconds first_byte_timeout{60'000};
  std::chrono::milliseconds between_bytes_timeout{60'000};
  std::chrono::milliseconds try_timeout{0};    ///< From its beginning to its answer's head.
  std::chrono::milliseconds total_timeout{0};  ///< Of all tries, to the answer's head.
  std::chrono::milliseconds tunnel_timeout{3'600'000};  ///< Of an upgraded connection at rest.

  std::uint32_t tries = 1;              ///< At most, the first one included.
  std::uint32_t idle_connections = 64;  ///< Kept for each endpoint and loop.
  std::chrono::milliseconds idle_timeout{60'000};
  std::uint32_t connections = 0;  ///< At most, for each endpoint.
  std::uint32_t queue = 0;        ///< Requests that wait for a connection.
  std::chrono::milliseconds queue_timeout{1'000};
};

/// What became of one try of a request.
struct Try {
  enum class How : std::uint8_t {
    Answered,     ///< Its answer's head came.
    Unreachable,  ///< No connection came about: refused, no route, TLS failed.
    TimedOut,
    Lost,       ///< The connection broke before the answer's head was there.
    Malformed,  ///< What came is no HTTP answer, or one with two meanings.
    CutShort,   ///< The head had come, the body broke off.
    Left,       ///< The client left, or nobody wanted the answer any more.
  };
  std::uint32_t size = sizeof(Try);
  std::uint32_t number = 1;  ///< 1 for a request's first.
  std::size_t endpoint = 0;  ///< Its place in what was published.
  How how = How::Answered;
  Status status{};                       ///< Once its head came.
  bool sent = false;                     ///< Something of the request may have reached it.
  bool reused = false;                   ///< By a connection that had served before.
  std::string_view reason{};             ///< For the log, where it failed.
  std::chrono::nanoseconds duration{0};  ///< To its answer's head, or to its failure.
};

namespace detail {
struct ChoiceState;
struct UpstreamState;
}  // namespace detail

/// What a picker chooses from.
class PORTICO_API Choice {
 public:
  static constexpr std::size_t None = static_cast<std::size_t>(-1);

  [[nodiscard]] const Request& request() const noexcept;
  /// How many endpoints were published.
  [[nodiscard]] std::size_t size() const noexcept;
  /// Whether this request was sent there before.
  [[nodiscard]] bool tried(std::size_t endpoint) const noexcept;
  /// How many requests it has under way now, of all loops.
  [[nodiscard]] std::uint32_t load(std::size_t endpoint) const noexcept;
  /// Counts the choices of this upstream on this loop: 0, 1, 2 and so on.
  [[nodiscard]] std::uint64_t turn() const noexcept;
  /// Another one with each call. Not for secrets.
  [[nodiscard]] std::uint32_t random() noexcept;

  Choice(const Choice&) = delete;
  Choice& operator=(const Choice&) = delete;

 private:
  friend struct detail::ChoiceState;
  Choice() noexcept = default;
  ~Choice() = default;
};

/// All of it is called on the loop of the request, on many loops at once, and must not block.
struct UpstreamPolicy {
  std::uint32_t size = sizeof(UpstreamPolicy);
  /// Which endpoint gets the request; `Choice::None` is answered 503. Where it is empty they take
  /// turns.
  Callable<std::size_t(Choice&)> pick{};
  /// Whether a request whose try failed, or was answered with a status of 500 or above, is to be
  /// tried again. Only asked when that is safe: nothing was sent, or the method is idempotent and
  /// the request can be sent again. Where it is empty, what never reached an endpoint is.
  Callable<bool(const Request&, const Try&)> again{};
  /// Told of each try, once.
  Callable<void(const Request&, const Try&)> done{};
};

/// A set of endpoints. Belongs to the plugin that asked `Host::upstream` for it; requests under way
/// keep what they need.
class PORTICO_API Upstream {
 public:
  [[nodiscard]] std::string_view name() const noexcept;
  /// Replaces endpoints and policy at once, for requests to come. Connections to endpoints that
  /// stay are kept. Any thread. Throws std::invalid_argument for an address that is none.
  void publish(const std::vector<Endpoint>& endpoints, UpstreamPolicy policy);

  Upstream(const Upstream&) = delete;
  Upstream& operator=(const Upstream&) = delete;

 private:
  friend struct detail::UpstreamState;
  Upstream() noexcept = default;
  ~Upstream() = default;
};

}  // namespace portico
