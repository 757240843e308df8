// SPDX-License-Identifier: Apache-2.0
// Logins of this node whose password is being verified. A hundred guesses at the same moment find
// the same count of failures; so each of them counts as a failure until it has ended. Thread-safe.
#pragma once

#include "throttle/logins.h"

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <utility>

namespace portico::auth::throttle {

class InFlight {
 public:
  /// More verifications at once for one account and network are guesses.
  static constexpr std::int64_t Most = 5;

  /// Holds a place until it is destroyed.
  class Place {
   public:
    Place(InFlight& of, const TallyKey& key) noexcept : of_(&of), key_(key) {}
    Place(Place&& other) noexcept : of_(std::exchange(other.of_, nullptr)), key_(other.key_) {}
    Place& operator=(Place&&) = delete;
    ~Place() {
      if (of_ != nullptr) of_->leave(key_);
    }

   private:
    InFlight* of_;
    TallyKey key_;
  };

  /// At most `most` at once for a pair. Nothing where it is full: answer as to a try that has to
  /// wait a second.
  [[nodiscard]] std::optional<Place> enter(const LoginTry& login, std::int64_t most);

 private:
  void leave(const TallyKey& key) noexcept;

  std::mutex mutex_;
  std::map<TallyKey, std::int64_t> held_;
};

}  // namespace portico::auth::throttle
