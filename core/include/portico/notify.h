// SPDX-License-Identifier: Apache-2.0
// The services between the plugin that notifies people and others: who has something to say, and
// who adds a way to say it.
#pragma once

#include <portico/api.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace portico {

class Transaction;

/// Something to say to somebody.
struct Notice {
  std::uint32_t size = sizeof(Notice);
  // To whom: one of the two.
  std::string_view user{};          ///< A subject of "identity/1".
  std::string_view email{};         ///< An address.
  std::string_view template_key{};  ///< "auth.verify_email".
  std::string_view locale{};        ///< "de-AT"; empty: the user's.
  std::string_view data = "{}";     ///< What the template fills in: a JSON object.
  std::string_view category{};      ///< What the user may have turned off; empty: nobody can.
  /// One with the same text for the same recipient was accepted within a day: this one is not.
  std::string_view dedupe{};
  /// Since 1970: after that it is of no use to anybody. 0: always.
  std::chrono::microseconds expires{0};
  bool urgent = false;  ///< Before others.
  bool secret = false;  ///< Its data is kept sealed, and shown to nobody.
};

/// The service "notifications/1".
class PORTICO_API Notifications {
 public:
  static constexpr std::string_view ServiceName = "notifications/1";

  Notifications() = default;
  Notifications(const Notifications&) = delete;
  Notifications& operator=(const Notifications&) = delete;
  virtual ~Notifications();

  /// The database that transactions are on, by its name in the file.
  [[nodiscard]] virtual std::string_view database() const noexcept = 0;
  /// Accepts it: it will be delivered when the transaction is committed. Returns its id; nothing
  /// where it was accepted before (`dedupe`). Throws std::invalid_argument for what cannot be said:
  /// an unknown template, a variable that is missing, an address that is none.
  virtual std::optional<std::string> accept(Transaction& db, const Notice& notice) = 0;
};

/// What a channel carries, at one attempt.
struct Parcel {
  std::uint32_t size = sizeof(Parcel);
  std::string_view id;       ///< The same at each attempt: who takes it can tell that it is known.
  std::string_view address;  ///< As the message names it: a phone number.
  std::string_view user{};   ///< Empty where it is nobody who has an account.
  std::string_view subject{};
  std::string_view text{};
  std::string_view html{};
  std::string_view locale{};
  std::uint32_t attempt = 1;
};

struct Carried {
  enum class Kind : std::uint8_t { Sent, Later, Never };

  std::uint32_t size = sizeof(Carried);
  Kind kind = Kind::Later;
  std::string code{};  ///< What the provider says, in a word or number.
  std::string said{};  ///< And in a sentence; neither is secret.
  std::string provider_id{};
  std::chrono::milliseconds after{0};  ///< Later: not before; 0: as the file says.
};

/// A way to reach people: a third party's, as for text messages.
class PORTICO_API Channel {
 public:
  Channel() = default;
  Channel(const Channel&) = delete;
  Channel& operator=(const Channel&) = delete;
  virtual ~Channel();

  /// What messages call it: "sms".
  [[nodiscard]] virtual std::string_view name() const noexcept = 0;
  /// Why this is no address, as a sentence; empty when it is one. Any thread; does not block.
  [[nodiscard]] virtual std::string fault_of(std::string_view address) const = 0;
  /// On a thread that may block, several at a time. What it throws is Later.
  [[nodiscard]] virtual Carried carry(const Parcel& parcel) = 0;
};

/// The service "channel/1".
class PORTICO_API Channels {
 public:
  static constexpr std::string_view ServiceName = "channel/1";

  Channels() = default;
  Channels(const Channels&) = delete;
  Channels& operator=(const Channels&) = delete;
  virtual ~Channels();

  /// In `start`. The channel lives as long as the plugin that has it.
  virtual void add(Channel& channel) = 0;
};

}  // namespace portico
