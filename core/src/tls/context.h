// SPDX-License-Identifier: Apache-2.0
// What every session of one listener has in common: certificates, the clients' authorities,
// versions, protocols, ticket keys. Immutable, for any thread. A reload makes a new one; sessions
// that live keep what they need of the old one by themselves.
#pragma once

#include "base/result.h"
#include "tls/session.h"
#include "tls/ticket_keys.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

struct ssl_ctx_st;

namespace portico::tls {

enum class ClientAuth : std::uint8_t {
  Off,
  Optional,  ///< Who shows a certificate must show a good one.
  Required,
};

enum class Version : std::uint8_t { Tls12, Tls13 };

/// PEM files.
struct KeyPair {
  std::string certificate;  ///< The certificate, then its chain.
  std::string key;
};

struct ContextOptions {
  /// Chosen by SNI, exact names before wildcards; the first one serves everybody else. Two for the
  /// same names with keys of different kinds serve together.
  std::vector<KeyPair> certificates;
  std::string client_ca;  ///< PEM file; needed but for ClientAuth::Off.
  ClientAuth client_auth = ClientAuth::Off;
  Version least = Version::Tls12;
  std::vector<std::string> protocols;         ///< For ALPN, the preferred one first; none: no ALPN.
  std::shared_ptr<const TicketKeys> tickets;  ///< None: sessions are not resumed.
};

class Context {
 public:
  /// Reads the files. The error names every file that is no good and why, one to a line.
  static Result<std::shared_ptr<const Context>> make(const ContextOptions& options);

  /// A session on a connected, non-blocking socket. None when memory ran out.
  [[nodiscard]] Session accept(int descriptor) const noexcept;

 private:
  struct Release {
    void operator()(ssl_ctx_st* context) const noexcept;
  };
  using Handle = std::unique_ptr<ssl_ctx_st, Release>;

  explicit Context(Handle handle) noexcept;

  Handle handle_;
};

}  // namespace portico::tls
