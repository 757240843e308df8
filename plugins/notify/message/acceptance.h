// SPDX-License-Identifier: Apache-2.0
// Takes a message in: who gets it, by which ways, in which words; writes it with its deliveries and
// the jobs that make them, all within the caller's transaction. What cannot be delivered is refused
// here, where somebody still reads the answer.
#pragma once

#include "message/address_digest.h"
#include "message/draft.h"
#include "message/ways.h"
#include "message/wordings.h"
#include "settings.h"
#include "store/deliveries.h"
#include <portico/host.h>
#include <portico/identity.h>
#include <portico/jobs.h>
#include <portico/sql.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace portico::notify {

/// The kinds of jobs that deliver.
namespace work {
inline constexpr std::string_view Email = "email";
/// By a channel of another plugin, or into an inbox later.
inline constexpr std::string_view Carry = "carry";
inline constexpr std::string_view Webhook = "webhook";
inline constexpr std::string_view Digest = "digest";
}  // namespace work

class Acceptance {
 public:
  struct Parts {
    const Config& config;
    Host& host;
    Jobs& jobs;
    const Wordings& wordings;
    const Ways& ways;
    const AddressDigest& digest;
    Host::Service<Identity> identity;
  };
  explicit Acceptance(Parts parts) : parts_(parts) {}

  struct Accepted {
    std::string id;
    bool duplicate = false;  ///< It was accepted before: that is the id of that one.
  };
  /// Throws Refusal.
  [[nodiscard]] Accepted accept(Transaction& db, const Draft& draft) const;

  /// Refuses what `accept` would, and writes nothing.
  void check(Reader& db, const Draft& draft) const;

  /// The job that makes that delivery. Returns its id.
  std::string enqueue(Transaction& db, std::string_view channel, std::string_view delivery,
                      JobPriority priority, Time at) const;

  /// The job that makes a digest of what is held. There is one for each window.
  void enqueue_digest(Transaction& db, const deliveries::Held& held, Time at) const;

 private:
  struct Recipient {
    std::string id;  ///< The user, or the address.
    Contact contact;
    bool has_account = false;
  };
  /// What a delivery is made from, beside the message.
  struct Way {
    std::string_view channel;
    std::string address;
    std::string digest;
  };

  void check_form(const Draft& draft) const;
  [[nodiscard]] Recipient recipient_of(Reader& db, const Draft& draft) const;
  [[nodiscard]] std::vector<Way> ways_to(const Recipient& recipient, const Draft& draft) const;
  [[nodiscard]] MessageRow message_of(const Draft& draft, const Recipient& recipient,
                                      const std::string& locale, std::int64_t version) const;
  [[nodiscard]] RenderedMail words_of(const Wording& wording, const Draft& draft,
                                      const Recipient& recipient,
                                      const std::string& unsubscribe) const;
  void deliver(Transaction& db, const MessageRow& message, const Way& way, const Draft& draft,
               const Recipient& recipient) const;
  void put_into_inbox(Transaction& db, const MessageRow& message, DeliveryRow& delivery,
                      const Draft& draft, const Recipient& recipient) const;
  [[nodiscard]] bool hold_for_digest(Transaction& db, const MessageRow& message,
                                     DeliveryRow& delivery) const;

  const Parts parts_;
};

}  // namespace portico::notify
