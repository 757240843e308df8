// SPDX-License-Identifier: Apache-2.0
// The table of keys that sign access tokens. Private keys are sealed before they come here. Any
// thread that may block; what throws is SqlError.
#pragma once

#include "store/key_rotation.h"
#include <portico/sql.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace portico::auth {

struct SigningKeyRow {
  KeyRow key;
  std::string algorithm;                      ///< "ES256"
  std::string public_jwk;                     ///< JSON.
  std::optional<std::string> private_sealed;  ///< Nothing once it signs no more.
};

/// One that was made beforehand, in case it is needed: the transaction may begin again.
struct NewSigningKey {
  std::string_view kid;
  std::string_view algorithm;
  std::string_view public_jwk;
  std::string_view private_sealed;  ///< A text.
};

namespace signing_keys {

/// Those that are not retired: what the JWKS lists, and the active one.
[[nodiscard]] std::vector<SigningKeyRow> list(Reader& db);

/// Does what is due; `spare` is used or not. Returns what was done. Several nodes may do so at
/// once.
KeyStep rotate(Transaction& db, const NewSigningKey& spare, Time now, const KeyTimes& times);

/// Publishes `next` now, whatever the age of the active key; it signs after `publish_ahead`. Where
/// one was published already, that one does, and `next` is not used.
KeyStep rotate_early(Transaction& db, const NewSigningKey& next, Time now, const KeyTimes& times);

}  // namespace signing_keys
}  // namespace portico::auth
