// SPDX-License-Identifier: Apache-2.0
// What sessions with servers behind the gateway have in common, where the gateway is the client:
// authorities, versions, a certificate of our own. A server always proves its name; there is no
// switch for that. Immutable, for any thread.
#pragma once

#include "base/result.h"
#include "tls/options.h"
#include "tls/session.h"

#include <memory>
#include <string>
#include <string_view>

struct ssl_ctx_st;
struct ssl_session_st;

namespace portico::tls {

struct ClientContextOptions {
  std::string ca{};  ///< PEM file of the authorities to trust; the system's when empty.
  KeyPair own{};     ///< What is shown to a server that asks; none when empty.
};

/// The newest session with one server, for the next one to take up. For one loop's thread; must
/// outlive the sessions that were begun with it.
class Resumption {
 public:
  Resumption() noexcept = default;
  Resumption(const Resumption&) = delete;
  Resumption& operator=(const Resumption&) = delete;
  ~Resumption();

 private:
  friend class ClientContext;
  void keep(ssl_session_st* session) noexcept;

  ssl_session_st* newest_ = nullptr;
};

class ClientContext {
 public:
  /// Reads the files. The error names every file that is no good and why, one to a line.
  static Result<std::shared_ptr<const ClientContext>> make(const ClientContextOptions& options);

  ClientContext(const ClientContext&) = delete;
  ClientContext& operator=(const ClientContext&) = delete;
  ~ClientContext();

  /// A session on a non-blocking socket with a server whose certificate must bear `name`, which is
  /// a host's or an address. None when memory ran out.
  [[nodiscard]] Session connect(int descriptor, const std::string& name,
                                Resumption& resumption) const noexcept;

 private:
  explicit ClientContext(ssl_ctx_st* handle) noexcept : handle_(handle) {}
  static int keep_session(ssl_st* ssl, ssl_session_st* session) noexcept;

  ssl_ctx_st* handle_;
};

}  // namespace portico::tls
