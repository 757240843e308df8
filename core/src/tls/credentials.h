// SPDX-License-Identifier: Apache-2.0
// The files of a listener's TLS, read, understood and checked, before OpenSSL is made to use them:
// its own messages name neither the file nor what to do.
#pragma once

#include "tls/openssl.h"
#include "tls/options.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace portico::tls {

/// What is wrong with a file.
struct Finding {
  enum class Severity : std::uint8_t { Error, Warning };
  enum class Role : std::uint8_t { Certificate, Key, ClientCa };

  Severity severity = Severity::Error;
  Role role = Role::Certificate;
  std::size_t pair = 0;  ///< Which one of `certificates`.
  std::string what;      ///< Begins with the file's name; no full stop.
  std::string remedy;
};

/// A certificate with what proves it.
struct Identity {
  CertificateHandle certificate;
  std::vector<CertificateHandle> chain;  ///< Who signed it, who signed that one, and so on.
  KeyHandle key;
  std::vector<std::string> hosts;  ///< In lower case, sorted.
};

struct Credentials {
  std::vector<Identity> identities;  ///< One for each pair without an error, in their order.
  std::vector<CertificateHandle> authorities;
  std::vector<Finding> findings;

  [[nodiscard]] bool usable() const noexcept;
  /// The errors, one to a line.
  [[nodiscard]] std::string faults() const;
};

/// What `context` shows from now on. False when OpenSSL refuses.
[[nodiscard]] bool use_identity(SSL_CTX& context, const Identity& identity);

/// Reads every file. `now` is the wall clock's time.
[[nodiscard]] Credentials read_credentials(const ContextOptions& options,
                                           std::chrono::microseconds now);

}  // namespace portico::tls
