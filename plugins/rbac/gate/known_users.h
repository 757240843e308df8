// SPDX-License-Identifier: Apache-2.0
// Who holds what, as far as one thread has looked it up: a table of fixed size, whose memory the
// kernel gives as it is touched. A user has four places, and when all are taken the one goes that
// was longest not asked for. Finding takes one cache line or two, and no allocation.
#pragma once

#include "gate/holdings.h"
#include "gate/user_key.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>

namespace portico::rbac {

class KnownUsers {
 public:
  /// For about so many users.
  KnownUsers(std::size_t users, Holdings& holdings);
  KnownUsers(const KnownUsers&) = delete;
  KnownUsers& operator=(const KnownUsers&) = delete;
  ~KnownUsers();

  /// Null where nothing is known, or what is known is of another edition.
  [[nodiscard]] Holding* find(const UserKey& user, std::uint32_t edition) noexcept;
  /// Valid until the next `insert`.
  Holding& insert(const UserKey& user, std::uint32_t edition,
                  const std::vector<Assignment>& assignments);

 private:
  static constexpr std::size_t Ways = 4;
  struct Place {
    UserKey user;
    Holdings::Shared* held;  // Null: empty.
    std::uint32_t edition;
    std::uint32_t asked;  // When last, by the count of questions.
  };
  struct Free {
    void operator()(Place* places) const noexcept { std::free(places); }
  };

  [[nodiscard]] Place* places_of(const UserKey& user) const noexcept {
    return &places_[(user.first & set_mask_) * Ways];
  }

  Holdings& holdings_;
  std::size_t set_mask_;
  std::unique_ptr<Place[], Free> places_;
  std::uint32_t clock_ = 0;
};

}  // namespace portico::rbac
