// SPDX-License-Identifier: Apache-2.0
// A wire without sockets: what the driver asks of it is recorded, and its rules are checked. A
// second head, a call after `release`, bytes nobody allowed are failures of the test.
#pragma once

#include "http/header_list.h"
#include "pipeline/driver.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace portico::pipeline::simulation {

/// What was asked of a Line in one exchange.
struct LineRecord {
  int heads = 0;
  int status = 0;
  AnswerBody plan = AnswerBody::None;
  std::vector<std::pair<std::string, std::string>> fields;
  std::string to_client;
  std::string to_upstream;
  std::array<int, 2> ends{};
  std::array<bool, 2> reading{};
  std::array<bool, 2> ended{};
  std::array<std::size_t, 2> queued{};
  int aborts = 0;
  int forwards = 0;
  std::string upstream;
  RequestBody request_body = RequestBody::Relayed;
  int drops = 0;
  int releases = 0;
};

/// One exchange's two sides.
class Line final : public Wire, public LineRecord {
 public:
  enum class When : std::uint8_t { AtOnce, Later };

  void send_head(Response& head, AnswerBody body) override {
    check();
    ++heads;
    EXPECT_EQ(heads, 1) << "a second head";
    status = static_cast<int>(head.status());
    plan = body;
    for (const auto& entry : detail::HeaderList::of(head.headers()).entries()) {
      fields.emplace_back(entry.name, entry.value);
    }
    if (body == AnswerBody::Held) to_client += head.body();
    if (on_head) on_head();
    if (body != AnswerBody::Driven) complete();
  }
  std::size_t send(Way way, std::string_view bytes) override {
    check();
    (way == Way::ToClient ? to_client : to_upstream) += bytes;
    EXPECT_FALSE(bytes.empty());
    std::size_t& queue = queued[index(way)];
    EXPECT_LT(queue, HighWater + 64 * 1024) << "back-pressure was not heeded";
    if (takes_all) return 0;
    queue += bytes.size();
    return queue;
  }
  void end(Way way) override {
    check();
    ++ends[index(way)];
    if (way == Way::ToClient) complete();
  }
  void abort() override {
    check();
    ++aborts;
  }
  void read(Way way) override {
    check();
    if (ended[index(way)]) return;
    reading[index(way)] = true;
    if (on_read) on_read(way);
  }
  void hold(Way way) override {
    check();
    reading[index(way)] = false;
  }
  void forward(const Target& target, RequestBody body) override {
    check();
    ++forwards;
    upstream = target.upstream->name();
    request_body = body;
    if (on_forward) on_forward();
  }
  void drop_upstream() override {
    check();
    ++drops;
  }
  [[nodiscard]] Traffic traffic() const noexcept override { return {11, to_client.size()}; }
  void release() override {
    check();
    ++releases;
    if (on_release) on_release();
  }

  /// The peer takes all that waits.
  void drain(Way way) {
    std::size_t& queue = queued[index(way)];
    const bool told = queue >= HighWater;
    queue = 0;
    if (told) driver->drained(way);
  }
  [[nodiscard]] std::string field(std::string_view name) const {
    for (const auto& [key, value] : fields) {
      if (detail::same_name(key, name)) return value;
    }
    return "-";
  }
  static std::size_t index(Way way) { return static_cast<std::size_t>(way); }

  Driver* driver = nullptr;
  When sent = When::AtOnce;
  std::function<void()> on_head;
  std::function<void(Way)> on_read;
  std::function<void()> on_forward;
  std::function<void()> on_release;
  bool takes_all = false;

 private:
  void check() const { EXPECT_EQ(releases, 0) << "a call after release"; }
  void complete() {
    if (sent == When::AtOnce) driver->sent();
  }
};

}  // namespace portico::pipeline::simulation
