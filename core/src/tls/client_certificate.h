// SPDX-License-Identifier: Apache-2.0
// What a client's certificate says of it. It was verified against the listener's authorities: one
// that was not ended the handshake.
#pragma once

#include <string>
#include <vector>

struct x509_st;

namespace portico::tls {

struct ClientCertificate {
  std::string subject;             ///< As RFC 2253 writes it: "CN=ann,O=Example".
  std::string issuer;              ///< Likewise.
  std::string serial;              ///< Hexadecimal, lower case.
  std::vector<std::string> names;  ///< Alternative names: "DNS:a.example", "email:", "URI:", "IP:".
  std::string fingerprint;         ///< SHA-256 of the certificate: hexadecimal, lower case.

  static ClientCertificate of(const x509_st& certificate);
};

}  // namespace portico::tls
