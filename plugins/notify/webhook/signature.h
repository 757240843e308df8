// SPDX-License-Identifier: Apache-2.0
// Signatures of Standard Webhooks. Any thread.
//
// What is signed is "id.time.body", where `time` is that of the attempt in seconds and `body` is to
// the byte what is sent. An id that is none (message_id.h) and a time before 1970 throw
// std::invalid_argument.
#pragma once

#include "webhook/secret.h"

#include <chrono>
#include <span>
#include <string>
#include <string_view>

namespace portico::notify::webhook {

/// "v1,...": HMAC-SHA256.
[[nodiscard]] std::string sign_v1(std::string_view secret, std::string_view id,
                                  std::chrono::seconds time, std::string_view body);

/// "v1a,...": Ed25519. Requires a private key of 32 bytes.
[[nodiscard]] std::string sign_v1a(std::string_view private_key, std::string_view id,
                                   std::chrono::seconds time, std::string_view body);

/// The value of `webhook-signature`: a signature by each secret that is valid now, with a blank
/// between them. Throws std::invalid_argument where none is, for nothing goes out unsigned.
[[nodiscard]] std::string signature_header(std::span<const SigningSecret> secrets,
                                           std::string_view id, std::chrono::seconds time,
                                           std::string_view body, std::chrono::microseconds now);

/// What is signed. Checks nothing.
[[nodiscard]] std::string signed_content(std::string_view id, std::string_view time,
                                         std::string_view body);

}  // namespace portico::notify::webhook
