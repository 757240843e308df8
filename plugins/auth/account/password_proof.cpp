// SPDX-License-Identifier: Apache-2.0
#include "account/password_proof.h"

namespace portico::auth {

bool proves(const Parts& parts, const std::optional<std::string>& stored,
            std::string_view password) {
  const Verdict verdict = stored ? parts.passwords.verify(*stored, password) : Verdict::Unusable;
  if (verdict != Verdict::Unusable) return verdict == Verdict::Right;
  if (stored) {
    parts.host.log(Level::Error,
                   "a stored password is of no use: it is malformed, or would cost too much; send "
                   "its user a reset");
  }
  parts.passwords.verify_decoy(password);
  return false;
}

}  // namespace portico::auth
