// SPDX-License-Identifier: Apache-2.0
// A link that whoever asks has mailed to an address: for confirming it once more, for another
// password. The answer is the same, after the same work and at the same pace, whether or not there
// is an account that may have it.
#pragma once

#include "account/parts.h"
#include "session/one_time_tokens.h"
#include "store/users.h"
#include <portico/http.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace portico::auth {

/// Whoever asks for a mail to an address.
struct AddressForm {
  std::string email;

  static void describe(Schema<AddressForm>& s);
};

struct AskedMail {
  enum class Bears : std::uint8_t { Link, LinkAndCode };

  Purpose purpose;
  Bears bears;
  std::string_view about;         ///< As Mail has it.
  std::string_view action;        ///< For the audit log; empty: it is not told.
  bool (*may_have)(const User&);  ///< Others are mailed nothing.
};

/// 202, or 429 for who has asked too often, whomever for. On a worker.
[[nodiscard]] Response answer_asked_mail(const Parts& parts, Request& request,
                                         const AskedMail& asked);

}  // namespace portico::auth
