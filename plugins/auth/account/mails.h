// SPDX-License-Identifier: Apache-2.0
// The mails that accounts ask for. A mail is an event in the outbox, written with the change that
// it is about, so that none is sent for what was rolled back and none is lost; what it carries that
// nobody else may read (links, codes) is sealed. Until a plugin sends mails, a developer reads them
// in a file.
//
// Any thread that may block.
#pragma once

#include "store/users.h"
#include <portico/host.h>
#include <portico/sql.h>

#include <chrono>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace portico::auth {

struct Mail {
  std::string_view about;  ///< "verify_email": what a template is chosen by.
  std::string user;
  std::string to;
  std::string locale{};
  /// What the template fills in: {"link", "https://..."}.
  std::vector<std::pair<std::string_view, std::string>> values{};
};

[[nodiscard]] Mail mail_to(const User& user, std::string_view about);

/// Where mails go beside the outbox.
enum class MailCopy : std::uint8_t { None, File };

class Mails {
 public:
  static constexpr std::string_view Event = "auth.mail";
  static constexpr std::string_view NoEvent = "auth.nothing";
  /// What `Host::seal` seals the values under.
  static constexpr std::string_view Seal = "auth.mail";

  Mails(Host& host, MailCopy copy);

  /// In the transaction of what it is about.
  void request(Transaction& db, const Mail& mail);
  /// What `request` costs, for an account that is not there: who asks must not learn it from the
  /// time. Nobody is told of the event.
  void pretend(Transaction& db, const Mail& like);
  /// That transaction has been committed.
  void committed(const Mail& mail);

 private:
  void write(Transaction& db, std::string_view event, const Mail& mail);
  void append(const Mail& mail);

  Host& host_;
  const MailCopy copy_;
  std::mutex mutex_;
};

}  // namespace portico::auth
