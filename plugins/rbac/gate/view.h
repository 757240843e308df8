// SPDX-License-Identifier: Apache-2.0
// What one thread decides by: the book, the patterns in it that match what routes ask for, and who
// holds what. Looks at what the node knows (knowledge.h) with each decision, by two atomic loads;
// takes a lock only where there is a new book. No allocation where nothing is new.
#pragma once

#include "gate/holdings.h"
#include "gate/knowledge.h"
#include "gate/known_users.h"
#include "gate/questions.h"
#include "model/book.h"
#include "model/decision.h"
#include <portico/identity.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace portico::rbac {

/// What is asked about one permission.
struct Circumstances {
  std::string_view scope;
  const Attributes& attributes;
};

class View {
 public:
  View(Knowledge& knowledge, const Questions& questions, std::size_t users);

  /// To be called before the others, once for a request.
  void refresh();
  [[nodiscard]] const Book& book() const noexcept { return *book_; }

  /// Null where the database has to be asked.
  [[nodiscard]] Holding* holding_of(std::string_view user) noexcept;
  /// `edition` is from before the database was asked.
  Holding& keep(std::string_view user, std::uint32_t edition,
                const std::vector<Assignment>& assignments);
  /// Of roles that a token names. Valid until the next call.
  [[nodiscard]] Holding& holding_of_roles(std::span<const std::string_view> role_names);

  [[nodiscard]] Decision decide(Holding& holding, Question question,
                                const Circumstances& circumstances) noexcept;

 private:
  [[nodiscard]] Holding& make_named(std::span<const std::string_view> role_names,
                                    const UserKey& key);

  static constexpr std::size_t MostNamed = 4096;

  Knowledge& knowledge_;
  const Questions& questions_;
  std::shared_ptr<const Book> book_;  // With the other threads.
  std::int64_t version_ = INT64_MIN;
  std::vector<Matches> matches_;  // By question.
  Holdings holdings_;
  KnownUsers users_;
  struct KeyHash {
    std::size_t operator()(const UserKey& key) const noexcept { return key.first; }
  };
  std::unordered_map<UserKey, Holding, KeyHash> named_;  // By their roles' names, for this book.
};

}  // namespace portico::rbac
