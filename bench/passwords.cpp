// SPDX-License-Identifier: Apache-2.0
// How many passwords a second are hashed, and what one takes, at the usual cost: by `Passwords`, as
// a login does, and by a bare loop of libargon2 in the same run. The two take turns; the medians of
// the rounds are printed. Arguments: threads (one for each core), rounds (7), hashes that each
// thread makes in a round (20).
#include "password/passwords.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include <argon2.h>

namespace {

using namespace portico::auth;

struct Plan {
  unsigned threads;
  int rounds;
  int hashes;
};

/// In a second, by all threads together.
double rate(const Plan& plan, const std::function<void()>& hash) {
  const auto begin = std::chrono::steady_clock::now();
  std::vector<std::thread> threads;
  for (unsigned thread = 0; thread < plan.threads; ++thread) {
    threads.emplace_back([&] {
      for (int i = 0; i < plan.hashes; ++i) hash();
    });
  }
  for (std::thread& thread : threads) thread.join();
  const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - begin;
  return plan.threads * static_cast<double>(plan.hashes) / taken.count();
}

double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

void bare() {
  constexpr std::string_view Password = "correct horse battery staple";
  constexpr std::string_view Salt = "0123456789abcdef";
  const Cost cost;
  std::array<char, TagSize> tag;
  const int result =
      argon2id_hash_raw(cost.passes, cost.memory, cost.lanes, Password.data(), Password.size(),
                        Salt.data(), Salt.size(), tag.data(), tag.size());
  if (result != ARGON2_OK) std::abort();
}

void print_row(const char* name, double hashes, unsigned threads) {
  std::printf("%-22s %8.1f %8.1f\n", name, hashes, threads * 1000 / hashes);
}

}  // namespace

int main(int argc, char** argv) {
  const auto number = [&](int place, unsigned usual) {
    return argc > place ? static_cast<unsigned>(std::atoi(argv[place])) : usual;
  };
  const Plan plan{std::max(1U, number(1, std::thread::hardware_concurrency())),
                  static_cast<int>(std::max(1U, number(2, 7))),
                  static_cast<int>(std::max(1U, number(3, 20)))};
  const Passwords passwords;
  const std::string stored = passwords.hash("correct horse battery staple");
  const auto verify = [&] {
    if (passwords.verify(stored, "correct horse battery staple") != Verdict::Right) std::abort();
  };
  std::vector<double> ours;
  std::vector<double> theirs;
  for (int round = 0; round < plan.rounds; ++round) {
    ours.push_back(rate(plan, verify));
    theirs.push_back(rate(plan, bare));
  }
  std::printf("threads: %u\n%-22s %8s %8s\n", plan.threads, "", "hashes/s", "ms each");
  print_row("Passwords::verify", median(ours), plan.threads);
  print_row("libargon2, bare", median(theirs), plan.threads);
  std::printf("ratio: %.2f\n", median(ours) / median(theirs));
  return 0;
}
