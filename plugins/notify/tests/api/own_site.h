// SPDX-License-Identifier: Apache-2.0
// The whole plugin as its users see it. Whoever calls is named with each request; "ada" and "bob"
// have accounts. Everybody holds the permissions of this site, or nobody any.
#pragma once

#include <portico/sdk.h>
#include <portico/testing.h>

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace portico::notify::test {

using testing::Reply;
using namespace std::chrono_literals;

enum class Holds : std::uint8_t { Everything, Nothing };

class OwnSite {
 public:
  explicit OwnSite(Holds holds = Holds::Everything, std::string_view settings = "");
  OwnSite(const OwnSite&) = delete;
  OwnSite& operator=(const OwnSite&) = delete;
  ~OwnSite();

  using Fields = std::vector<std::pair<std::string_view, std::string_view>>;
  /// `user`: empty: nobody is logged in.
  Reply call(std::string_view user, std::string_view method, std::string_view path,
             std::string_view json = {}, const Fields& more = {});
  Reply get(std::string_view user, std::string_view path, const Fields& more = {}) {
    return call(user, "GET", path, {}, more);
  }
  /// Requires that it goes well.
  void subscribe(std::string_view topic, std::string_view user);
  std::int64_t publish(std::string_view topic, std::string_view payload = "1");
  /// Puts a message into an inbox; its id there.
  std::string put_into_inbox(std::string_view user, std::string_view title);
  /// What is called while a later answer is open, in its first second.
  std::function<void()> meanwhile;
  /// To other nodes, where the settings name a Redis: "shared".
  std::vector<std::string> published;

  /// As the plugin does it within a transaction of its own, which tells nobody.
  void say(std::string_view topic, std::string_view payload);
  /// One number of the tables.
  [[nodiscard]] std::int64_t number(std::string_view query) const;
  void change(std::string_view statement) const;
  /// What is in the file that mails go into.
  [[nodiscard]] std::string mails() const;
  /// "suppression_removed address 0f1e...".
  [[nodiscard]] const std::vector<std::string>& audit() const;

  testing::Gateway gateway;
};

[[nodiscard]] std::string code_of(const Reply& reply);
/// The text of the first member of that name, at any depth; empty where there is none.
[[nodiscard]] std::string member_of(const std::string& json, std::string_view name);
[[nodiscard]] int status_of(const Reply& reply);

}  // namespace portico::notify::test
