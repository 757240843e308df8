// SPDX-License-Identifier: Apache-2.0
// What streams are tested with: topics in memory, and listeners who write down what they hear.
#pragma once

#include "live/streams.h"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace portico::notify::test {

/// Topics as the tables have them. Any thread.
class Stage final : public Source {
 public:
  std::int64_t say(const std::string& topic, std::string payload = "1");
  /// As the purge does, which knows nothing of the order.
  void purge(const std::string& topic, std::int64_t first, std::int64_t last);
  void subscribe(const std::string& topic, const std::string& user);
  void unsubscribe(const std::string& topic, const std::string& user);
  [[nodiscard]] int readings() const;

  [[nodiscard]] Reading behind(std::string_view topic, std::int64_t seq) override;
  [[nodiscard]] std::vector<streamed::LastNumber> last(
      std::span<const std::string> topics) override;
  [[nodiscard]] std::vector<Subscription> subscribed(std::span<const Subscription> asked) override;

  /// Called when a reading is made, and not handed over yet.
  std::function<void()> meanwhile;

 private:
  struct Topic {
    std::int64_t last = 0;
    std::map<std::int64_t, TopicMessage> messages;
  };
  static constexpr std::size_t Batch = 8;

  mutable std::mutex mutex_;
  std::map<std::string, Topic, std::less<>> topics_;
  std::set<Subscription> subscriptions_;
  int readings_ = 0;
};

/// What a listener heard, and whether they still hear. Any thread.
struct Ear {
  enum class State : std::uint8_t { Open, Gone, ToldToComeBack, Forbidden };

  /// "3", "gap 1-2".
  [[nodiscard]] std::vector<std::string> heard() const;
  [[nodiscard]] std::int64_t last() const;

  mutable std::mutex mutex;
  std::vector<TopicMessage> messages;
  std::size_t bytes = 0;
  int keep_alives = 0;
  State state = State::Open;
};

class EarOutlet final : public Outlet {
 public:
  explicit EarOutlet(std::shared_ptr<Ear> ear) : ear_(std::move(ear)) {}

  bool tell(const TopicMessage& message) override;
  void keep_alive() override;
  void end(Farewell why) noexcept override;
  [[nodiscard]] bool open() const noexcept override;

 private:
  const std::shared_ptr<Ear> ear_;
};

}  // namespace portico::notify::test
