// SPDX-License-Identifier: Apache-2.0
// What every session of one listener has in common: certificates, the clients' authorities,
// versions, protocols, ticket keys. Immutable, for any thread. A reload makes a new one; sessions
// that live keep what they need of the old one by themselves.
#pragma once

#include "base/result.h"
#include "tls/options.h"
#include "tls/session.h"

#include <memory>

struct ssl_ctx_st;

namespace portico::tls {

struct Credentials;

class Context {
 public:
  /// Reads the files. The error names every file that is no good and why, one to a line.
  static Result<std::shared_ptr<const Context>> make(const ContextOptions& options);
  /// The same from what was read already. Requires that it is usable.
  static Result<std::shared_ptr<const Context>> make(const ContextOptions& options,
                                                     const Credentials& credentials);

  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;
  ~Context();

  /// A session on a connected, non-blocking socket. None when memory ran out.
  [[nodiscard]] Session accept(int descriptor) const noexcept;

 private:
  explicit Context(ssl_ctx_st* handle) noexcept : handle_(handle) {}

  ssl_ctx_st* handle_;
};

}  // namespace portico::tls
