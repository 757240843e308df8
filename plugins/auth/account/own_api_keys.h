// SPDX-License-Identifier: Apache-2.0
// The API keys of a user: for programs that act for them, with no more than the scopes that they
// give it, which are permissions of their own. The key itself is shown once. Behind the middleware
// `auth`, and not for callers who came with a key.
#pragma once

#include "account/api_key_view.h"
#include "account/parts.h"
#include "account/visit.h"
#include "store/api_keys.h"
#include <portico/http.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace portico::auth {

class OwnApiKeys {
 public:
  explicit OwnApiKeys(const Parts& parts) : parts_(parts) {}

  [[nodiscard]] Response list(Request& request) const;
  [[nodiscard]] Response make(Request& request) const;
  [[nodiscard]] Response rename(Request& request) const;
  [[nodiscard]] Response revoke(Request& request) const;
  /// Another key in the place of one, which goes on for a day.
  [[nodiscard]] Response rotate(Request& request) const;

 private:
  struct Wanted {
    std::string name;
    std::vector<std::string> scopes;
    Time expires;
  };
  /// Throws Refusal, 422, for a scope that the owner does not have.
  void check_scopes(Reader& db, std::string_view owner,
                    const std::vector<std::string>& scopes) const;
  /// What `text` becomes is the key.
  [[nodiscard]] ApiKey add(Transaction& db, std::string_view owner, const Wanted& wanted, Time now,
                           std::string& text) const;
  /// A thief would make one too: the owner hears of it.
  [[nodiscard]] std::optional<Mail> mail_owner(Transaction& db, std::string_view owner) const;
  void tell(Transaction& db, const Visit& visit, const Principal& who, std::string_view action,
            const ApiKey& key) const;

  const Parts& parts_;
};

}  // namespace portico::auth
