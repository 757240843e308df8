// SPDX-License-Identifier: Apache-2.0
// Requests and responses as plugins see them. All of it lives in the memory of one request: views
// stay valid until that request has ended, and nothing here may be kept longer.
#pragma once

#include <portico/api.h>
#include <portico/callable.h>
#include <portico/headers.h>
#include <portico/schema.h>
#include <portico/status.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace portico {

class Request;
class Response;
struct Cookie;
struct Principal;

namespace tls {
struct ClientCertificate;
}

namespace detail {
struct ResponseState;
PORTICO_API const void* bind_json(Request& request, const ObjectSchema& schema, void* object);
PORTICO_API std::string_view write_json(const ObjectSchema& schema, const void* object);
PORTICO_API void* attribute(Request& request, std::string_view name, std::size_t size,
                            std::size_t alignment, void (*destroy)(void*) noexcept);
PORTICO_API void* find_attribute(const Request& request, std::string_view name,
                                 std::size_t size) noexcept;
}  // namespace detail

/// Where a body stage writes what goes on to the client (or to the upstream).
class PORTICO_API Sink {
 public:
  /// Copies the bytes. Once `full()`, core stops reading the source until the peer has caught up.
  void write(std::string_view bytes);
  [[nodiscard]] bool full() const noexcept;

  Sink(const Sink&) = delete;
  Sink& operator=(const Sink&) = delete;

 protected:
  Sink() noexcept = default;
  ~Sink() = default;
};

/// Rewrites a body as it streams. Called on the loop, never concurrently; must not block.
class PORTICO_API BodyStage {
 public:
  virtual ~BodyStage();
  virtual void on_chunk(std::string_view bytes, Sink& sink) = 0;
  /// Once, after the last chunk. Not called when the exchange is cut short.
  virtual void on_end(Sink& sink) = 0;
};

/// An answer, complete or about to stream. Made in the memory of the request being served.
class PORTICO_API Response {
 public:
  explicit Response(Status status = Status::Ok);
  Response(Response&& other) noexcept;
  Response& operator=(Response&& other) noexcept;
  ~Response();

  [[nodiscard]] Status status() const noexcept;
  void status(Status status) noexcept;
  [[nodiscard]] Headers& headers() noexcept;
  [[nodiscard]] const Headers& headers() const noexcept;
  /// The body that was set here; empty for one that streams from elsewhere.
  [[nodiscard]] std::string_view body() const noexcept;
  /// Sets the body (copied) and its Content-Type.
  void body(std::string_view bytes, std::string_view content_type);
  /// Adds Set-Cookie (cookie.h). Throws std::invalid_argument for what no browser would keep as it
  /// is meant.
  void set_cookie(const Cookie& cookie);
  /// Rewrites the body on its way out; stages run in the order attached. Core then drops
  /// Content-Length, Accept-Ranges and Digest and weakens ETag.
  void transform(std::unique_ptr<BodyStage> stage);

 private:
  friend struct detail::ResponseState;
  detail::ResponseState* state_;
};

/// A name for a typed value that middlewares leave on a request for those behind them.
template <class T>
struct Attribute {
  std::string_view name;  ///< "plugin.what"
};

/// What a handler throws when the body does not bind; core answers it. `request.json<T>()` does.
class PORTICO_API BadBody {
 public:
  explicit BadBody(Response answer) noexcept : answer_(std::move(answer)) {}
  [[nodiscard]] Response& answer() noexcept { return answer_; }

 private:
  Response answer_;
};

/// What the certificate of the client's connection says, which was verified against the listener's
/// `client_ca`: one that was not ended the handshake. One pointer; its views last as long as the
/// request. Any thread that may see the request.
class PORTICO_API ClientCertificate {
 public:
  /// As RFC 2253 writes it: "CN=ann,O=Example".
  [[nodiscard]] std::string_view subject() const noexcept;
  /// Likewise.
  [[nodiscard]] std::string_view issuer() const noexcept;
  /// Hexadecimal, lower case.
  [[nodiscard]] std::string_view serial() const noexcept;
  /// Alternative names, each with its kind: "DNS:a.example", "email:", "URI:", "IP:".
  [[nodiscard]] std::span<const std::string> names() const noexcept;
  /// SHA-256 of the certificate: hexadecimal, lower case.
  [[nodiscard]] std::string_view fingerprint() const noexcept;

 private:
  friend class Request;
  explicit ClientCertificate(const tls::ClientCertificate& facts) noexcept : facts_(&facts) {}

  const tls::ClientCertificate* facts_;
};

/// The request being served. Middlewares see it on the loop, a route handler on a worker; never
/// both.
class PORTICO_API Request {
 public:
  [[nodiscard]] std::string_view method() const noexcept;
  /// Normalised: percent-decoded where harmless, no dot segments; begins with '/'.
  [[nodiscard]] std::string_view path() const noexcept;
  /// Without the '?', as received.
  [[nodiscard]] std::string_view query() const noexcept;
  /// The decoded first value of a query parameter.
  [[nodiscard]] std::optional<std::string_view> query(std::string_view name) const;
  /// A part of the path that the route's pattern named ("id" for "/users/{id}"; "rest" for "/**").
  [[nodiscard]] std::optional<std::string_view> param(std::string_view name) const noexcept;
  [[nodiscard]] Headers& headers() noexcept;
  [[nodiscard]] const Headers& headers() const noexcept;
  /// Lower case, without the port.
  [[nodiscard]] std::string_view host() const noexcept;
  /// "http" or "https", as the client saw it (trusted-proxy rule applied).
  [[nodiscard]] std::string_view scheme() const noexcept;
  /// The client's address (trusted-proxy rule applied).
  [[nodiscard]] std::string_view client_address() const noexcept;
  /// Who is at the other end of the connection: the client, or a proxy before us.
  [[nodiscard]] std::string_view peer_address() const noexcept;
  /// Whether that is one of `trusted_proxies`. Of any other, what it forwarded has been taken away.
  [[nodiscard]] bool from_trusted_proxy() const noexcept;
  /// Of the connection, whoever is at its other end: behind a proxy that ends TLS there is none.
  /// Nothing over plain HTTP, and when the client showed no certificate.
  [[nodiscard]] std::optional<ClientCertificate> client_certificate() const noexcept;
  /// Unique; on every log line and error answer.
  [[nodiscard]] std::string_view id() const noexcept;
  /// The entry of the file that serves it, as "GET /users/{id}"; empty where none does.
  [[nodiscard]] std::string_view route() const noexcept;
  /// The upstream that the entry leads to, where its terminal tells (TerminalSpec::upstream).
  [[nodiscard]] std::string_view upstream() const noexcept;
  /// `Host::now` and `Host::unix_time` as this turn of the loop began: no clock is asked. On the
  /// loop.
  [[nodiscard]] std::chrono::nanoseconds now() const noexcept;
  [[nodiscard]] std::chrono::microseconds unix_time() const noexcept;
  [[nodiscard]] std::optional<std::string_view> cookie(std::string_view name) const noexcept;
  /// How many cookies of that name the client sent. A browser sends two where another host of the
  /// same domain has set one as well, to have it taken for ours.
  [[nodiscard]] std::size_t cookies(std::string_view name) const noexcept;
  /// The first one, of a cookie that this gateway signed under that name; none when it was tampered
  /// with.
  [[nodiscard]] std::optional<std::string_view> signed_cookie(std::string_view name) const;
  /// Who the caller is (identity.h), as a middleware before this one found out; null when none did.
  [[nodiscard]] const Principal* principal() const noexcept;
  /// Says who the caller is, in the place of what was said before. The struct is copied, and not
  /// what it points at: that must last as long as the request, best in an attribute of it. Throws
  /// std::invalid_argument where the subject is empty.
  void principal(const Principal& caller);
  /// How long an answer may stay open that lasts: a tunnel through an upstream, a WebSocket, a
  /// Feed, an upstream's text/event-stream. Core asks about once a second, on the loop; `holds`
  /// must not block, and may look at the request. When it says no, or throws, the answer is ended:
  /// a WebSocket by code 1008, a feed and a stream of events as if they had come to their end, a
  /// tunnel at once. Of several, all must hold. While the request is served by a chain.
  void keep_open_while(Step<bool()> holds);
  /// The whole body: in a route handler always; in a middleware only after awaiting `whole_body`.
  [[nodiscard]] std::string_view body() const noexcept;
  /// Rewrites the body on its way to the terminal; to be called before a `pass`.
  void transform(std::unique_ptr<BodyStage> stage);

  /// The body as a T, bound by T's describe(). Throws BadBody: 415 for another Content-Type, 400
  /// for what is not strict JSON, 422 with an entry for each faulty field.
  template <Described T>
  [[nodiscard]] T json() {
    T value{};
    detail::bind_json(*this, detail::schema_of<T>(), &value);
    return value;
  }

  template <class T>
  T& set(Attribute<T> attribute, T value) {
    static_assert(std::is_nothrow_move_constructible_v<T>, "an old value is destroyed first");
    void* place = detail::attribute(*this, attribute.name, sizeof(T), alignof(T),
                                    [](void* old) noexcept { static_cast<T*>(old)->~T(); });
    return *::new (place) T(std::move(value));
  }
  /// Null when nobody has set it.
  template <class T>
  [[nodiscard]] T* get(Attribute<T> attribute) const noexcept {
    return static_cast<T*>(detail::find_attribute(*this, attribute.name, sizeof(T)));
  }

  Request(const Request&) = delete;
  Request& operator=(const Request&) = delete;

 protected:
  Request() noexcept = default;
  ~Request() = default;
};

/// An error answer as RFC 9457 problem+json with `code` and `request_id`. `sentence` is for the
/// client; `internal` goes to the log alone.
PORTICO_API Response problem(Status status, std::string_view code, std::string_view sentence,
                             std::string_view internal = {});

/// A member of a problem beside those of RFC 9457.
struct ProblemMember {
  enum class As : std::uint8_t { Text, Json };

  [[nodiscard]] static constexpr ProblemMember text(std::string_view name, std::string_view value) {
    return {name, value, As::Text};
  }
  /// `value` is JSON already.
  [[nodiscard]] static constexpr ProblemMember json(std::string_view name, std::string_view value) {
    return {name, value, As::Json};
  }

  std::string_view name;
  std::string_view value;
  As as = As::Text;
};
PORTICO_API Response problem(Status status, std::string_view code, std::string_view sentence,
                             std::span<const ProblemMember> members,
                             std::string_view internal = {});

/// What is wrong with one field of a body.
struct BodyFault {
  std::string_view path;     ///< A JSON pointer: "/password".
  std::string_view code;     ///< For programs, one word: "too_common".
  std::string_view message;  ///< For people.
};
/// 422 with an entry for each faulty field, in the form in which `Request::json` refuses a body.
PORTICO_API Response body_problem(std::string_view code, std::string_view sentence,
                                  std::span<const BodyFault> faults);

/// `value` as JSON, by its describe().
template <Described T>
[[nodiscard]] Response json(Status status, const T& value) {
  Response response(status);
  response.body(detail::write_json(detail::schema_of<T>(), &value), "application/json");
  return response;
}

/// How an exchange ended, for `finally`.
struct Outcome {
  enum class How : std::uint8_t {
    Answered,      ///< The whole answer was handed to the client's connection.
    ClientGone,    ///< The client left first.
    UpstreamLost,  ///< The answer broke off after its head had been sent.
    Failed,        ///< Core gave up: a deadline, shutdown.
  };
  std::uint32_t size = sizeof(Outcome);
  How how = How::Answered;
  Status status = Status::Ok;  ///< As sent; 0 when no head was sent.
  std::uint64_t bytes_received = 0;
  std::uint64_t bytes_sent = 0;
  std::chrono::nanoseconds duration{0};
};

}  // namespace portico
