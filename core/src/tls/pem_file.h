// SPDX-License-Identifier: Apache-2.0
// Certificates and keys out of PEM files. Errors are halves of a sentence that begins with the
// file's name: `no such file`; what to do follows a semicolon.
#pragma once

#include "base/result.h"
#include "tls/openssl.h"

#include <string>
#include <vector>

namespace portico::tls {

/// The whole file. Wipe it when it held a key.
Result<std::string> read_text(const std::string& path);

/// Every certificate of the file, in its order, and at least one.
Result<std::vector<CertificateHandle>> read_certificates(const std::string& path);

/// The first private key of the file.
Result<KeyHandle> read_key(const std::string& path);

}  // namespace portico::tls
