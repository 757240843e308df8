// SPDX-License-Identifier: Apache-2.0
// Who holds what, as far as one thread has looked it up: a table of fixed size, whose memory the
// kernel gives as it is touched. A user has four places, and four others for when those are taken;
// when all are, the one goes that was longest not asked for. Finding takes a cache line or two,
// seldom four, and no allocation.
#pragma once

#include "gate/holdings.h"
#include "gate/user_key.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

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
  /// Memory of the kernel, zeroed when it is touched.
  struct Unmap {
    std::size_t size = 0;
    void operator()(Place* places) const noexcept;
  };
  [[nodiscard]] static std::unique_ptr<Place[], Unmap> map(std::size_t places);

  using Set = std::span<Place, Ways>;

  [[nodiscard]] Set set(std::uint64_t hash) const noexcept {
    return Set(&places_[(hash & set_mask_) * Ways], Ways);
  }
  [[nodiscard]] static Place* place_in(Set set, const UserKey& user) noexcept;
  [[nodiscard]] Place* place_of(const UserKey& user) const noexcept;
  /// For somebody who has none.
  [[nodiscard]] Place& make_room(const UserKey& user) const noexcept;

  Holdings& holdings_;
  std::size_t set_mask_;
  std::unique_ptr<Place[], Unmap> places_;
  std::uint32_t clock_ = 0;
};

}  // namespace portico::rbac
