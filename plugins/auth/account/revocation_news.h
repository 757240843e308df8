// SPDX-License-Identifier: Apache-2.0
// What this node has ended, told to the others at once, by a Redis where the file names one. That
// is a hint: the truth is in the database, which every node polls anyway, so a message that is lost
// costs some seconds. Any thread but where it says otherwise.
#pragma once

#include "gate/revocations.h"
#include <portico/host.h>
#include <portico/redis.h>

#include <atomic>
#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace portico::auth {

class RevocationNews {
 public:
  static constexpr std::string_view Channel = "portico.auth.revoked";

  /// `redis` is empty where there is none. `life` is how long a denial can matter.
  RevocationNews(std::string_view redis, Revocations& here, std::chrono::microseconds life,
                 Host& host);
  RevocationNews(const RevocationNews&) = delete;
  RevocationNews& operator=(const RevocationNews&) = delete;

  /// Hears of others from now on. In `start`.
  void begin();
  /// Here, before it returns, and then at the others. After the commit.
  void deny(std::span<const Denial> denials);
  /// Whether messages may have been lost since the last call: poll at once.
  [[nodiscard]] bool missed() noexcept { return missed_.exchange(false); }

 private:
  void heard(std::string_view message);

  Redis* const redis_;  // Null: none.
  Revocations& here_;
  const std::chrono::microseconds life_;
  Host& host_;
  std::atomic<bool> missed_{false};
};

/// "session 0192... 0 1796050000000000": what, whom, from when tokens count again, and until when
/// it matters. Pure.
[[nodiscard]] std::string text_of(const Denial& denial);
/// Its name is a view into the text. Nothing for whatever `text_of` would not write.
[[nodiscard]] std::optional<Denial> denial_of(std::string_view text);

}  // namespace portico::auth
