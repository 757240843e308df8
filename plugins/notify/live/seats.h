// SPDX-License-Identifier: Apache-2.0
// So many listeners and no more, on a node and of one user. Any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <variant>

namespace portico::notify {

class Seats;

/// A listener's place, free again when it goes. That is with the answer that stays open, and not
/// before: whoever is cut and does not read costs memory until their connection has ended.
class Seat {
 public:
  Seat(Seat&&) noexcept = default;
  Seat& operator=(Seat other) noexcept {
    std::swap(seats_, other.seats_);
    std::swap(user_, other.user_);
    return *this;
  }
  ~Seat();

 private:
  friend class Seats;
  Seat(std::shared_ptr<Seats> seats, std::string user) noexcept
      : seats_(std::move(seats)), user_(std::move(user)) {}

  // Shared: an answer may end when the last plugin that knew of it has gone.
  std::shared_ptr<Seats> seats_;
  std::string user_;
};

class Seats : public std::enable_shared_from_this<Seats> {
 public:
  struct Limits {
    std::size_t all = 10'000;
    std::size_t of_user = 20;
  };
  enum class Shortage : std::uint8_t { OfUser, All };

  explicit Seats(Limits limits) noexcept : limits_(limits) {}
  Seats(const Seats&) = delete;
  Seats& operator=(const Seats&) = delete;

  /// Requires that a shared_ptr owns this.
  [[nodiscard]] std::variant<Seat, Shortage> take(const std::string& user);
  [[nodiscard]] std::size_t taken() const;

 private:
  friend class Seat;
  void give_back(const std::string& user) noexcept;

  const Limits limits_;
  mutable std::mutex mutex_;
  std::size_t taken_ = 0;
  std::map<std::string, std::size_t> of_user_;
};

}  // namespace portico::notify
