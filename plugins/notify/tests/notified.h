// SPDX-License-Identifier: Apache-2.0
// The whole plugin behind a gateway without sockets: mails go into a file, texts to a pager that a
// test commands, webhooks to whatever `fetches` answers. "ada" and "bob" have accounts.
#pragma once

#include <portico/sdk.h>
#include <portico/testing.h>

#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace portico::notify::test {

/// What the pager was handed, and what it says.
struct PagerCall {
  std::string id;
  std::string address;
  std::string subject;
  std::string text;
  std::uint32_t attempt;
};
struct Pager {
  std::vector<PagerCall> calls;
  Carried answer{.kind = Carried::Kind::Sent};
};
[[nodiscard]] Pager& pager();
/// Who cannot log in.
[[nodiscard]] std::set<std::string, std::less<>>& locked_out();

class Notified {
 public:
  /// `settings`: more lines of the plugin's. `caller`: who asks; empty: nobody is logged in.
  enum class May : std::uint8_t { Everything, Nothing };
  explicit Notified(std::string_view settings = "", std::string_view caller = "ada",
                    May may = May::Everything);

  testing::Gateway gateway;

  testing::Reply post(std::string_view path, std::string_view body,
                      testing::GivenFields headers = {});
  /// All jobs that are due, and time by which others become due.
  void work(std::chrono::nanoseconds time = std::chrono::nanoseconds(0)) { gateway.advance(time); }
  /// Of the file that mails go into.
  [[nodiscard]] std::vector<std::string> mails() const;
  /// What a query says: "a | b" for each row.
  [[nodiscard]] std::vector<std::string> rows(std::string_view query);
  void change(std::string_view statement);
  /// Another plugin publishes, within a transaction: {"what": ...}.
  void publish(std::string_view event, std::string_view what);

 private:
  void allow_all();
};

/// The value of a member of JSON, as it is written there.
[[nodiscard]] std::string member(const std::string& json, std::string_view name);

}  // namespace portico::notify::test
