// SPDX-License-Identifier: Apache-2.0
// What the upstream is told of the client and of the way that the request has come.
#pragma once

#include "message/trace_context.h"
#include "text.h"
#include <portico/http.h>
#include <portico/schema.h>

#include <string_view>

namespace portico::proxy {

struct ForwardingSettings {
  bool x_forwarded_for = true;
  bool x_forwarded_proto = true;
  bool x_forwarded_host = true;
  bool x_forwarded_port = true;
  bool x_forwarded_prefix = true;
  bool x_real_ip = false;
  bool forwarded = false;
  bool via = true;
  bool x_request_id = true;
  bool trace = true;

  static void describe(Schema<ForwardingSettings>& s);
};

/// What a request that has arrived says of its way. Core has taken away what a peer forwarded that
/// is no trusted proxy, so whatever is left may be continued.
struct Way {
  std::string_view client{};
  std::string_view peer{};  ///< Who is at the other end of the connection.
  std::string_view scheme{};
  std::string_view host{};  ///< As the client wrote it, with its port.
  std::string_view request_id{};
  std::string_view prefix{};  ///< What was taken from the front of the path.
  bool trusted = false;       ///< The peer is a proxy that we trust.
};

/// Immutable; must outlive the requests that it was applied to.
class Forwarding {
 public:
  explicit Forwarding(const ForwardingSettings& settings);

  void apply(Headers& headers, const Way& way, Chance& chance, Draft& draft) const;

  /// Which fields a request has already.
  class Seen {
   public:
    enum Field : unsigned {
      Via = 1,
      For = 2,
      Host = 4,
      Port = 8,
      RequestId = 16,
      Trace = 32,
      Traces = 64,  ///< More than one.
      TraceState = 128,
    };
    [[nodiscard]] bool has(Field field) const noexcept { return (fields_ & field) != 0; }
    void note(Field field, bool there) noexcept { fields_ |= there ? field : 0U; }

   private:
    unsigned fields_ = 0;
  };

 private:
  void tell_client(Headers& headers, const Way& way, Seen seen, Draft& draft) const;
  void tell_host(Headers& headers, const Way& way, Seen seen) const;
  static void tell_prefix(Headers& headers, const Way& way, Draft& draft);
  static void tell_trace(Headers& headers, const Way& way, Seen seen, Chance& chance);

  ForwardingSettings settings_;
  FixedHeaders http_;
  FixedHeaders https_;
};

/// `for=192.0.2.1;host="example.com:8080";proto=http`, RFC 7239, appended to `draft`.
void append_forwarded(const Way& way, Draft& draft);
/// The port that the client asked, as it wrote it or as its scheme has it.
[[nodiscard]] std::string_view port_of(const Way& way) noexcept;

}  // namespace portico::proxy
