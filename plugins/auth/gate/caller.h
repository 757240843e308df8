// SPDX-License-Identifier: Apache-2.0
// What a credential that was found good says of who brought it. Made once, then shared by the cache
// and by the requests that it answers for; never changes.
#pragma once

#include "gate/identity_headers.h"
#include "gate/revocations.h"
#include "gate/sessions.h"
#include "issuers/issuer.h"
#include "jose/token.h"
#include <portico/headers.h>
#include <portico/identity.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace portico::auth {

struct Caller {
  /// Null where the token says something that no upstream could be told: control characters, a
  /// comma within a role, names that are too long. `by` is the key that verified it.
  [[nodiscard]] static std::shared_ptr<const Caller> of(const Token& token, const Issuer& issuer,
                                                        const Issuer::Found& by,
                                                        const IdentityHeaders& headers);
  /// The same of a session that a cookie stands for, or an API key. `own` is our issuer: the caller
  /// counts as one of its own. Null where there is none.
  [[nodiscard]] static std::shared_ptr<const Caller> of(const KnownSession& session,
                                                        const Issuer* own,
                                                        const IdentityHeaders& headers);

  Caller(const Caller&) = delete;
  Caller& operator=(const Caller&) = delete;

  /// It came with a cookie,
  [[nodiscard]] bool is_session() const noexcept { return issuer == nullptr && !is_key(); }
  /// or with an API key.
  [[nodiscard]] bool is_key() const noexcept { return principal.limited; }
  /// What it takes in memory, about.
  [[nodiscard]] std::size_t bytes() const noexcept;

  Principal principal;
  FixedHeaders headers;            ///< For upstreams. As long as this.
  const Issuer* issuer = nullptr;  ///< Null for a session.
  std::uint64_t version = 0;       ///< Of the keys that it was verified by.
  UnixTime issued{0};
  UnixTime expires{0};      ///< With the leeway that its issuer is given.
  UnixTime known_until{0};  ///< When it is asked about anew; what is open by it may go on.
  std::string_view key_id;  ///< The key itself may be gone.
  bool ours = false;        ///< Revocations concern it.
  std::vector<std::string_view> audience;

 private:
  struct Facts;

  explicit Caller(const Facts& facts);
  [[nodiscard]] static bool can_be_told(const Facts& facts) noexcept;
  [[nodiscard]] std::string_view keep(std::string_view text);
  [[nodiscard]] std::string_view keep_subject(const Facts& facts);

  std::string texts_;  // All that the views point at. Never grows beyond what it has reserved.
  std::vector<std::string_view> roles_;
  std::vector<std::string_view> scopes_;
};

}  // namespace portico::auth
