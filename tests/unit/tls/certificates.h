// SPDX-License-Identifier: Apache-2.0
// Certificates for tests, made on the spot.
#pragma once

#include "tls/openssl.h"

#include <string>
#include <vector>

namespace portico::tls {

struct Wanted {
  std::string subject = "test";      ///< The common name.
  std::vector<std::string> names{};  ///< "DNS:a.example", "IP:127.0.0.1", as OpenSSL writes them.
  bool authority = false;
  long begins = -3600;  ///< Seconds from now.
  long ends = 86400;
  const char* kind = "EC";  ///< Or "RSA", "RSA1024".
};

struct Certified {
  CertificateHandle certificate;
  KeyHandle key;

  [[nodiscard]] std::string certificate_pem() const;
  [[nodiscard]] std::string key_pem() const;
  [[nodiscard]] std::string encrypted_key_pem() const;
};

/// Signed by `signer`, or by itself.
[[nodiscard]] Certified certify(const Wanted& wanted, const Certified* signer = nullptr);

}  // namespace portico::tls
