// SPDX-License-Identifier: Apache-2.0
// Links by which a recipient turns a category off without a login. Any thread.
#pragma once

#include <portico/host.h>

#include <optional>
#include <string>
#include <string_view>

namespace portico::notify {

class Unsubscribing {
 public:
  struct Wish {
    std::string whose;  ///< As the table of preferences has it.
    std::string category;
    std::string channel;
  };

  /// `url`: where users reach the gateway; empty: there are no links.
  Unsubscribing(const Host& host, std::string url) : host_(host), url_(std::move(url)) {
    while (url_.ends_with('/')) url_.pop_back();
  }

  [[nodiscard]] std::string link(std::string_view whose, std::string_view category,
                                 std::string_view channel) const;
  /// Of the last part of the link; nothing for one that was not made here.
  [[nodiscard]] std::optional<Wish> read(std::string_view token) const;

 private:
  const Host& host_;
  std::string url_;
};

}  // namespace portico::notify
