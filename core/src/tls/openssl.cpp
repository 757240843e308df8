// SPDX-License-Identifier: Apache-2.0
#include "tls/openssl.h"

#include <openssl/err.h>

namespace portico::tls {

void clear_errors() noexcept {
  if (ERR_peek_error() != 0) ERR_clear_error();
}

const char* take_error() noexcept {
  const unsigned long code = ERR_peek_last_error();
  ERR_clear_error();
  const char* reason = code == 0 ? nullptr : ERR_reason_error_string(code);
  return reason == nullptr ? "unknown error" : reason;
}

}  // namespace portico::tls
