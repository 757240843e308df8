// SPDX-License-Identifier: Apache-2.0
// Tests of a plugin through the real chain: real settings, real routing, real driver, no sockets
// and no threads. A gateway is made in about a millisecond, a request takes microseconds.
//
//   TEST(RateLimit, RefusesTheThirdRequest) {
//     portico::testing::Gateway gateway;
//     gateway.load<RateLimit>("{limit: 2, per: 1m}").use("ratelimit");
//     gateway.get("/");
//     gateway.get("/");
//     EXPECT_EQ(gateway.get("/").status, Status::TooManyRequests);
//     gateway.advance(1min);
//     EXPECT_EQ(gateway.get("/").status, Status::Ok);
//   }
//
// Everything is loaded at the first request, or by `start`. What no route of the test or of a
// plugin serves is forwarded to a fake upstream. Time stands still but for `advance`, which also
// runs what plugins do every so often and the jobs that are due (jobs.h), and for what a request
// itself waits for: its timers fire at once. Handlers and deferred jobs run on the calling thread.
// Of an answer that stays open (stream.h) a test gets what was sent until nothing more happened;
// then a second passes, in which what keeps it open is asked once (Request::keep_open_while), and
// the client goes. One thread at a time may use a gateway.
#pragma once

#include <portico/api.h>
#include <portico/callable.h>
#include <portico/fetch.h>
#include <portico/http.h>
#include <portico/plugin.h>
#include <portico/redis.h>
#include <portico/sql.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace portico::testing {

using Fields = std::vector<std::pair<std::string, std::string>>;
using GivenFields = std::initializer_list<std::pair<std::string_view, std::string_view>>;

/// What the client got.
struct Reply {
  Status status{};  ///< 0 when the connection was cut before any answer.
  Fields headers;
  std::string body;
  bool cut = false;  ///< The connection was cut; the body may be a part of it.

  /// The first value of that header; empty when it is not there.
  [[nodiscard]] PORTICO_API std::string_view header(std::string_view name) const noexcept;
};

/// What the fake upstream got.
struct Forwarded {
  std::string upstream;
  std::string method;
  std::string path;
  std::string query;
  std::string host;  ///< Empty: the name of the endpoint.
  Fields headers;
  std::string body;
  std::string mirror;  ///< The upstream that would have got a copy.

  [[nodiscard]] PORTICO_API std::string_view header(std::string_view name) const noexcept;
};

/// What the certificate of a test's client says.
struct Certificate {
  std::string subject{};
  std::string issuer{};
  std::string serial{};
  std::vector<std::string> names{};
  std::string fingerprint{};
};

/// The words of a command to a Redis, as they are sent: a script's is EVALSHA, its SHA-1 and so on.
using RedisWords = std::vector<std::string>;

struct GatewayState;

class PORTICO_API Gateway {
 public:
  Gateway();
  Gateway(const Gateway&) = delete;
  Gateway& operator=(const Gateway&) = delete;
  ~Gateway();

  // What is loaded. All of it before the first request; later calls throw std::logic_error.

  /// A plugin, with its settings as in the file: "{limit: 2}", or many lines.
  template <detail::PluginClass T>
  Gateway& load(std::string_view settings = "{}") {
    return load_any(T::info, *detail::plugin_entry<T>(), settings);
  }
  /// The same, with settings that are made already. Fields that are `required` need the other form.
  template <detail::PluginClass T>
  Gateway& load(const typename T::Config& config) {
    static std::unique_ptr<const typename T::Config> given;
    given = std::make_unique<const typename T::Config>(config);
    static const detail::SettingsType type{
        sizeof(detail::SettingsType), &detail::schema_of<typename T::Config>,
        []() -> void* { return new typename T::Config(*given); },
        [](void* settings) noexcept { delete static_cast<typename T::Config*>(settings); }};
    static const detail::PluginEntry entry{
        sizeof(detail::PluginEntry), []() -> const detail::SettingsType* { return &type; },
        detail::plugin_entry<T>()->create, detail::plugin_entry<T>()->destroy};
    return load_any(T::info, entry, "{}");
  }
  /// One entry of the file's `use`, behind those before it: "cors", "ratelimit: {limit: 1}".
  /// "test_user: ada" is always there; it gives the identity "ada", and more of her principal with
  /// "test_user: {name: ada, roles: [gold], scopes: [read], session: s1}".
  Gateway& use(std::string_view entry);
  /// One entry of the file's `routes`, before the one that forwards everything.
  Gateway& route(std::string_view entry);
  /// The fake of the service "permissions/1" allows this, and denies all else. It is there when
  /// this is called, and when a route needs a permission and no plugin of the test provides the
  /// service.
  Gateway& allow(std::string_view permission);
  /// How the fake upstream answers; without it, 200 and "upstream".
  Gateway& upstream(Callable<Response(const Forwarded&)> answer);

  /// What comes of `Host::fetch` and `Host::resolve`, at once; without it, an error. At any time.
  Gateway& fetches(Callable<Fetched(const Fetch&)> answer);
  Gateway& resolves(Callable<Resolved(std::string_view name, Record kind)> answer);

  /// A Redis of that name is in the file, and says this; without an answer, an error. To be named
  /// before the first request; it may say something else at any time.
  Gateway& redis(std::string_view name, Callable<RedisReply(const RedisWords&)> answer = {});
  /// Whether it is there. Who has subscribed is told when it is so again.
  enum class Reach : std::uint8_t { Here, Away };
  void redis(std::string_view name, Reach reach);
  /// What somebody else publishes. Returns how many of the plugins' subscriptions heard it.
  std::size_t redis_message(std::string_view channel, std::string_view message);

  /// A database of that name is in the file: a real SQLite of the test's own, empty at first.
  Gateway& sql(std::string_view name);
  /// The same, but where this URL says: "postgresql://tester@localhost/test". What is in it stays.
  Gateway& sql(std::string_view name, std::string_view url);

  /// What `portico check` would print, when that is anything. Empty when all is well.
  [[nodiscard]] std::string problems();
  /// Loads and starts. Throws std::runtime_error with `problems()` when there are errors.
  void start();

  // Requests. The target is "/path?query".

  Reply get(std::string_view target, GivenFields headers = {});
  Reply request(std::string_view method, std::string_view target, GivenFields headers = {},
                std::string_view body = {});
  /// A page of the admin address, as an operator who has the token asks: "/plugins/NAME/keys".
  Reply admin(std::string_view method, std::string_view path, std::string_view body = {});
  /// What /status says of that plugin: {"state": ...}; "{}" where it says nothing.
  [[nodiscard]] std::string status(std::string_view plugin);
  /// The address of the client of later requests; "192.0.2.1" at first.
  void client_address(std::string_view address);
  /// Later requests come by a trusted proxy at this address; by none when it is empty.
  void trusted_proxy(std::string_view address);
  /// The certificate that the client of later requests shows; none at first, and without an
  /// argument.
  void client_certificate(std::optional<Certificate> certificate = std::nullopt);
  /// Every worker is busy from now on, whatever a route says of its pool; or none is any more.
  enum class Pool : std::uint8_t { Free, Full };
  void workers(Pool pool);

  // Time, and what a plugin leaves behind.

  void advance(std::chrono::nanoseconds time);
  /// "<plugin>_<name>"; 0 when nobody has made that counter.
  [[nodiscard]] std::uint64_t counter(std::string_view name) const;
  /// "<plugin>_<name>"; 0 when nobody has made that gauge.
  [[nodiscard]] double gauge(std::string_view name) const;
  /// How many values that histogram has observed; 0 when nobody has made it.
  [[nodiscard]] std::uint64_t observed(std::string_view name) const;
  /// The last hundred events that were published: "upstream.down {\"upstream\":\"app\"}".
  [[nodiscard]] std::vector<std::string> events() const;
  /// What was published within transactions, of all databases of the test, the oldest first:
  /// "user.created u1 {\"name\":\"ada\"}".
  [[nodiscard]] std::vector<std::string> outbox() const;
  /// Somebody else publishes an event; who listens is told at once.
  void publish(std::string_view event, std::initializer_list<EventField> data = {});
  /// Every log line so far: "warning ratelimit: the message".
  [[nodiscard]] std::vector<std::string> log() const;
  /// Whether some log line contains this.
  [[nodiscard]] bool logged(std::string_view text) const;
  /// The service under that name, or null.
  template <class T>
  [[nodiscard]] T* find(std::string_view versioned_name) {
    return static_cast<T*>(find_any(versioned_name));
  }

 private:
  Gateway& load_any(const Info& info, const detail::PluginEntry& entry, std::string_view settings);
  [[nodiscard]] void* find_any(std::string_view versioned_name);

  std::unique_ptr<GatewayState> state_;
};

}  // namespace portico::testing
