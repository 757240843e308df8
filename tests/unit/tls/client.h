// SPDX-License-Identifier: Apache-2.0
// The other end of a session: a client of OpenSSL's own on a socket pair, and a folder of
// certificates.
#pragma once

#include "base/clock.h"
#include "tls/context.h"
#include "tls/openssl.h"
#include "unit/temporary_folder.h"
#include "unit/tls/certificates.h"

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace portico::tls {

class FakeClock final : public base::Clock {
 public:
  [[nodiscard]] std::chrono::nanoseconds now() const noexcept override { return time; }
  [[nodiscard]] std::chrono::microseconds unix_time() const noexcept override {
    return std::chrono::duration_cast<std::chrono::microseconds>(time);
  }
  std::chrono::nanoseconds time = std::chrono::hours(24 * 365 * 50);
};

/// Two connected, non-blocking sockets.
class Line {
 public:
  /// `room`: of the kernel's buffers; 0: as it likes.
  explicit Line(int room = 0);
  Line(const Line&) = delete;
  Line& operator=(const Line&) = delete;
  ~Line();

  [[nodiscard]] int near() const noexcept { return ends_[0]; }
  [[nodiscard]] int far() const noexcept { return ends_[1]; }
  void close_far() noexcept;
  void say(std::string_view bytes) const;  ///< From the far end.

 private:
  int ends_[2] = {-1, -1};
};

struct ClientOptions {
  std::string name{};       ///< For SNI.
  std::string protocols{};  ///< For ALPN, as on the wire.
  int least = TLS1_2_VERSION;
  int most = TLS1_3_VERSION;
  const Certified* certificate = nullptr;
  SSL_SESSION* session = nullptr;
  const char* ciphers = nullptr;
};

class Client {
 public:
  Client(const Line& line, const ClientOptions& options);

  /// Lets both shake hands until neither gets further. The session's last word.
  Io meet(Session& session);
  /// Whether the handshake is done here.
  [[nodiscard]] bool met() const noexcept { return met_; }
  void say(std::string_view text);
  /// What is there.
  [[nodiscard]] std::string hear();
  [[nodiscard]] SSL* ssl() const noexcept { return ssl_.get(); }
  /// The common name of the certificate that the server showed.
  [[nodiscard]] std::string shown() const;
  /// The last session that can be resumed.
  [[nodiscard]] std::unique_ptr<SSL_SESSION, Freed<SSL_SESSION_free>> ticket() const;

 private:
  ContextHandle context_;
  std::unique_ptr<SSL, Freed<SSL_free>> ssl_;
  bool met_ = false;
};

/// Files of certificates.
class Wallet {
 public:
  /// A pair under this name.
  KeyPair store(std::string_view name, const Certified& certified) const;
  [[nodiscard]] const test::TemporaryFolder& folder() const noexcept { return folder_; }

 private:
  test::TemporaryFolder folder_;
};

/// All that the session has, up to 64 KiB.
[[nodiscard]] std::string hear(Session& session);

}  // namespace portico::tls
