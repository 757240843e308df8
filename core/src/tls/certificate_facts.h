// SPDX-License-Identifier: Apache-2.0
// What a certificate says, as text.
#pragma once

#include "tls/openssl.h"

#include <string>
#include <vector>

namespace portico::tls {

/// As RFC 2253 writes it.
[[nodiscard]] std::string text_of(const X509_NAME* name);
/// Hexadecimal, lower case.
[[nodiscard]] std::string serial_of(const X509& certificate);
/// SHA-256 of the certificate, hexadecimal, lower case.
[[nodiscard]] std::string fingerprint_of(const X509& certificate);
/// "DNS:a.example", "email:", "URI:", "IP:"; other kinds are left out, and so are names with
/// control characters: they are made to be misread.
[[nodiscard]] std::vector<std::string> alternative_names(const X509& certificate);
/// The hosts that it may serve, in lower case: its DNS names or, for one that has no alternative
/// names at all, its common name.
[[nodiscard]] std::vector<std::string> host_names(const X509& certificate);
/// "2026-11-21 12:00:00 UTC".
[[nodiscard]] std::string date_text(const ASN1_TIME* time);

}  // namespace portico::tls
