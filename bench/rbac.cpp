// SPDX-License-Identifier: Apache-2.0
// What a decision about a permission costs, in process: 10 000 roles with 100 000 grants, and
// 1 000 000 users whose tenures lie in memory and are asked about in an order without any, so
// that caches are as cold as they would be. Prints each figure beside its limit, and fails where
// one is missed. Arguments: users (1000000), decisions of each case (1000000).
#include "model/assignment.h"
#include "model/book.h"
#include "model/decision.h"
#include "model/role.h"
#include "model/tenure.h"
#include "rbac_world.h"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <malloc.h>
#include <time.h>

namespace {

using namespace portico::rbac;
using namespace portico::rbac::bench;
using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr std::uint32_t Routes = 250;
constexpr int Rounds = 5;

/// Users and their assignments: one to four, one after the other.
class Users {
 public:
  explicit Users(std::uint32_t count) {
    Dice dice;
    for (std::uint32_t i = 0; i < count; ++i) {
      begins_.push_back(static_cast<std::uint32_t>(assignments_.size()));
      for (std::uint32_t n = 1 + dice(4); n > 0; --n) assignments_.push_back(assignment(dice));
    }
    begins_.push_back(static_cast<std::uint32_t>(assignments_.size()));
    tenures_ = tenures_of(assignments_);
  }

  [[nodiscard]] std::uint32_t size() const noexcept {
    return static_cast<std::uint32_t>(begins_.size() - 1);
  }
  [[nodiscard]] std::span<const Tenure> of(std::uint32_t user) const noexcept {
    return std::span(tenures_).subspan(begins_[user], begins_[user + 1] - begins_[user]);
  }

 private:
  static Assignment assignment(Dice& dice) {
    Assignment assignment{.role = dice(Roles) + 1};
    if (dice.percent(20)) assignment.scope = "tenant-" + std::to_string(dice(3));
    if (dice.percent(10)) assignment.expires = Now + (dice.percent(80) ? 1h : -1h);
    return assignment;
  }

  std::vector<std::uint32_t> begins_;
  std::vector<Assignment> assignments_;
  std::vector<Tenure> tenures_;
};

class Limits {
 public:
  void check(const char* what, double figure, double most, const char* unit) {
    missed_ |= figure > most;
    std::printf("%-58s %9.2f %s of %g%s\n", what, figure, unit, most,
                figure > most ? "  MISSED" : "");
  }
  [[nodiscard]] bool missed() const noexcept { return missed_; }

 private:
  bool missed_ = false;
};

/// Of this thread, in microseconds: what else the machine does must not count.
double cpu_time() {
  timespec now{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e6 + static_cast<double>(now.tv_nsec) / 1e3;
}

/// The one that so many per cent are not above.
double percentile(std::vector<double>& values, double percent) {
  std::ranges::sort(values);
  return values[static_cast<std::size_t>(percent / 100 * static_cast<double>(values.size() - 1))];
}

std::size_t allocated() { return mallinfo2().uordblks + mallinfo2().hblkhd; }

std::shared_ptr<const Book> compiled(Limits& limits, const char* what,
                                     std::span<const Role> roles) {
  std::vector<double> taken;
  std::shared_ptr<const Book> book;
  for (int round = 0; round < 9; ++round) {
    book = nullptr;
    const std::size_t before = allocated();
    const double begin = cpu_time();
    book = Book::compile(roles, 1);
    taken.push_back((cpu_time() - begin) / 1e3);
    if (round > 0) continue;
    std::printf("%-58s %9.2f MiB\n", what, static_cast<double>(allocated() - before) / (1U << 20U));
  }
  limits.check("  compile, median", percentile(taken, 50), 50, "ms");
  return book;
}

struct Case {
  const Book& book;
  const Users& users;
  std::size_t decisions;
};

/// In microseconds: what most decisions take, and what all but one of a hundred take.
struct Figures {
  double median = std::numeric_limits<double>::max();
  double tail = std::numeric_limits<double>::max();
};

/// Of `work`, done to users and routes that chance picks: of several rounds the least figures, so
/// that what else the machine does counts little. What reading the clock takes is taken off.
template <class Work>
Figures each(const Case& one, Work work) {
  Dice dice;
  std::vector<double> taken;
  taken.reserve(one.decisions);
  const auto time = [&](auto&& timed) {
    const auto begin = Clock::now();
    timed();
    taken.push_back(std::chrono::duration<double, std::micro>(Clock::now() - begin).count());
  };
  Figures least;
  for (int round = 0; round < Rounds; ++round) {
    taken.clear();
    for (std::size_t i = 0; i < one.decisions / Rounds; ++i) time([] {});
    const double clock = percentile(taken, 50);
    taken.clear();
    for (std::size_t i = 0; i < one.decisions / Rounds; ++i) {
      const auto tenures = one.users.of(dice(one.users.size()));
      const std::uint32_t route = dice(Routes);
      time([&] { work(tenures, route); });
    }
    least.median = std::min(least.median, percentile(taken, 50) - clock);
    least.tail = std::min(least.tail, percentile(taken, 99) - clock);
  }
  return least;
}

void decide_each(Limits& limits, const Case& one, const Figures& most) {
  Dice dice;
  std::vector<Matches> routes(Routes);
  for (Matches& route : routes) route = one.book.matches(permission(dice));
  const Request request;
  std::size_t allowed = 0;
  const Figures taken = each(one, [&](std::span<const Tenure> tenures, std::uint32_t route) {
    const Query query{routes[route], "tenant-1", Now, request};
    allowed += decide(one.book, tenures, query).allowed ? 1 : 0;
  });
  limits.check("  decision, median", taken.median, most.median, "us");
  limits.check("  decision, 99 of 100", taken.tail, most.tail, "us");
  std::printf("  %.1f %% are allowed\n",
              100 * static_cast<double>(allowed) / static_cast<double>(one.decisions));
}

/// What the machine takes to fetch somebody's tenures, whatever is decided then.
void read_each(const Case& one) {
  std::int64_t sum = 0;
  const Figures taken = each(one, [&](std::span<const Tenure> tenures, std::uint32_t) {
    for (const Tenure& tenure : tenures) sum += tenure.role() + (tenure.always() ? 1 : 0);
  });
  std::printf("%-58s %9.2f us%s\n", "  of which the tenures are read, median", taken.median,
              sum == 0 ? ", of nothing" : "");
}

/// A hundred permissions that are looked for and decided on for one user.
void decide_batches(Limits& limits, const Case& one) {
  Dice dice;
  const Request request;
  std::vector<double> taken;
  std::size_t allowed = 0;
  for (std::size_t i = 0; i < one.decisions / 100; ++i) {
    std::vector<std::string> asked(100);
    for (std::string& text : asked) text = permission(dice);
    const auto tenures = one.users.of(dice(one.users.size()));
    const double begin = cpu_time();
    for (const std::string& text : asked) {
      const Matches matches = one.book.matches(text);
      allowed += decide(one.book, tenures, {matches, "tenant-1", Now, request}).allowed ? 1 : 0;
    }
    taken.push_back(cpu_time() - begin);
  }
  limits.check("  100 permissions looked for and decided on, 99 of 100", percentile(taken, 99), 200,
               "us");
  if (allowed == 0) std::puts("  none is allowed");
}

}  // namespace

int main(int count, char** arguments) {
  const int people = count > 1 ? std::atoi(arguments[1]) : 1'000'000;
  const int decisions = count > 2 ? std::atoi(arguments[2]) : 1'000'000;
  if (people < 1 || decisions < 1000) return 64;
  const Users users(static_cast<std::uint32_t>(people));
  const auto many = static_cast<std::size_t>(decisions);
  Limits limits;
  const auto usual =
      compiled(limits, "10 000 roles in ten levels, 100 000 grants", usual_roles(""));
  decide_each(limits, {*usual, users, many}, {0.5, 2});
  read_each({*usual, users, many});
  decide_batches(limits, {*usual, users, many});
  const auto wide =
      compiled(limits, "5 000 roles inherit a role that inherits 5 000", wide_roles());
  decide_each(limits, {*wide, users, many}, {0.5, 2});
  std::puts("10 000 roles in ten levels, each allow under 8 nodes");
  const auto eight = Book::compile(usual_roles(Eight), 1);
  decide_each(limits, {*eight, users, many}, {3, 3});
  return limits.missed() ? 1 : 0;
}
