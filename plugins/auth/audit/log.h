// SPDX-License-Identifier: Apache-2.0
// The audit log: who did what, when, and what came of it. An entry is written in the transaction of
// what it tells of, so that neither is there without the other. It is never changed but for what is
// personal in it, which can be erased. Any thread that may block.
//
// Entries are chained (chain.h) a moment later, by one job that runs every second. Chaining them in
// their own transactions would make each wait for the commit of the one before, and on PostgreSQL
// begin again: one commit at a time for all nodes.
#pragma once

#include "shared/time.h"
#include <portico/sql.h>

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace portico::auth::audit {

struct Entry {
  std::string_view id;  ///< Host::new_id.
  Time at{0};
  std::string_view actor_type = "user";  ///< "user", "admin", "system", "anonymous".
  std::optional<std::string_view> actor_id{};
  std::string_view action;  ///< actions.h
  std::optional<std::string_view> target_type{};
  std::optional<std::string_view> target_id{};
  std::string_view outcome = "success";  ///< "success", "failure", "denied".
  std::optional<std::string_view> session_id{};
  std::optional<std::string_view> request_id{};
  /// A JSON object: the reason, the names of the fields that changed. Neither secrets nor anything
  /// personal: it is never erased.
  std::string_view detail = "{}";

  // What is personal.
  std::optional<std::string_view> ip{};
  std::optional<std::string_view> agent{};  ///< A digest of the User-Agent.
  std::optional<std::string_view> pii{};    ///< A JSON object.
  /// Fresh from Host::random. The chain holds a digest of what is personal; erasing the salt with
  /// it keeps anybody from trying all addresses against that digest.
  std::array<std::byte, 16> salt{};
};

void append(Transaction& db, const Entry& entry);

/// Erases what is personal in the entries of a user, as actor or target. The chain stays whole.
void erase_personal(Transaction& db, std::string_view user_id);
/// Of at most so many entries that are older than `before`, keeps the network of the address alone.
/// Returns how many.
std::size_t shorten_addresses(Transaction& db, Time before, std::size_t most);

}  // namespace portico::auth::audit
