// SPDX-License-Identifier: Apache-2.0
// What each limit admits, said as plainly as it can be said: exact fractions, a count for every
// window there ever was, one request after the other.
#pragma once

#include "limits/bucket.h"
#include "limits/period.h"

#include <chrono>
#include <cstdint>
#include <ctime>
#include <map>
#include <memory>

namespace portico::ratelimit {

class ReferenceModel {
 public:
  ReferenceModel() = default;
  ReferenceModel(const ReferenceModel&) = delete;
  ReferenceModel& operator=(const ReferenceModel&) = delete;
  virtual ~ReferenceModel() = default;
  [[nodiscard]] virtual bool admit(const Moment& moment, std::int64_t cost) = 0;
  virtual void give_back(const Moment& moment, std::int64_t cost) = 0;
};

/// A bucket that leaks `limit` units in `seconds` and holds `burst`, in units of 1/limit us.
class GcraModel final : public ReferenceModel {
 public:
  GcraModel(std::int64_t limit, std::int64_t seconds, std::int64_t burst)
      : limit_(limit), interval_(seconds * Second), burst_(burst) {}
  bool admit(const Moment& moment, std::int64_t cost) override {
    const Exact now = Exact{moment.lived} * limit_;
    const Exact level = empty_ > now ? empty_ - now : 0;
    if (level + Exact{cost} * interval_ > Exact{burst_} * interval_) return false;
    empty_ = now + level + Exact{cost} * interval_;
    return true;
  }
  void give_back(const Moment&, std::int64_t cost) override { empty_ -= Exact{cost} * interval_; }

 private:
  __extension__ using Exact = __int128;
  std::int64_t limit_;
  Exact interval_;
  std::int64_t burst_;
  Exact empty_ = 0;
};

class FixedModel final : public ReferenceModel {
 public:
  FixedModel(std::int64_t limit, std::int64_t seconds) : limit_(limit), seconds_(seconds) {}
  bool admit(const Moment& moment, std::int64_t cost) override {
    std::int64_t& taken = taken_[moment.steady / (seconds_ * Second)];
    if (taken + cost > limit_) return false;
    taken += cost;
    return true;
  }
  void give_back(const Moment& moment, std::int64_t cost) override {
    taken_[moment.steady / (seconds_ * Second)] -= cost;
  }

 private:
  std::int64_t limit_;
  std::int64_t seconds_;
  std::map<std::int64_t, std::int64_t> taken_;
};

class CalendarModel final : public ReferenceModel {
 public:
  CalendarModel(std::int64_t limit, Calendar calendar) : limit_(limit), calendar_(calendar) {}
  bool admit(const Moment& moment, std::int64_t cost) override {
    std::int64_t& taken = taken_[name(moment)];
    if (taken + cost > limit_) return false;
    taken += cost;
    return true;
  }
  void give_back(const Moment& moment, std::int64_t cost) override { taken_[name(moment)] -= cost; }

 private:
  [[nodiscard]] int name(const Moment& moment) const {
    const std::time_t seconds = moment.unix / Second;
    std::tm date{};
    ::gmtime_r(&seconds, &date);
    const int month = date.tm_year * 12 + date.tm_mon;
    return calendar_ == Calendar::Month ? month : month * 31 + date.tm_mday;
  }

  std::int64_t limit_;
  Calendar calendar_;
  std::map<int, std::int64_t> taken_;
};

class SlidingModel final : public ReferenceModel {
 public:
  SlidingModel(std::int64_t limit, std::int64_t seconds) : limit_(limit), length_(seconds * 1000) {}
  bool admit(const Moment& moment, std::int64_t cost) override {
    const std::int64_t time = moment.steady / 1000;
    const std::int64_t window = time / length_;
    const std::int64_t covered = length_ - time % length_;
    std::int64_t& now = taken_[window];
    if (taken_[window - 1] * covered + (now + cost) * length_ > limit_ * length_) return false;
    now += cost;
    return true;
  }
  void give_back(const Moment& moment, std::int64_t cost) override {
    taken_[moment.steady / 1000 / length_] -= cost;
  }

 private:
  std::int64_t limit_;
  std::int64_t length_;
  std::map<std::int64_t, std::int64_t> taken_;
};

class ConcurrencyModel final : public ReferenceModel {
 public:
  explicit ConcurrencyModel(std::int64_t limit) : limit_(limit) {}
  bool admit(const Moment&, std::int64_t cost) override {
    if (held_ + cost > limit_) return false;
    held_ += cost;
    return true;
  }
  void give_back(const Moment&, std::int64_t cost) override { held_ -= cost; }

 private:
  std::int64_t limit_;
  std::int64_t held_ = 0;
};

}  // namespace portico::ratelimit
