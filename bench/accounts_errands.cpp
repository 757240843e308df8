// SPDX-License-Identifier: Apache-2.0
// Does with accounts what its input says, line by line, through the real chain, and prints for each
// line how many of it go into a second and the median of what one takes in microseconds:
//   sign-up 100     new users
//   login 100       users of the crowd whom chance picks: "u0@example.com" and so on
//   refresh 100     logins of before, in turn
//   hash 100        a password, without anything around it
// Arguments: the URL of the database, users of the crowd, settings of the plugin's.
#include "accounts_site.h"
#include "password/passwords.h"

#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace portico::bench;

class Errands {
 public:
  Errands(std::string_view url, std::size_t crowd, std::string_view settings)
      : site_(url, settings), crowd_(crowd), cheap_(settings == CheapHashes) {}

  [[nodiscard]] Pace run(std::string_view what, std::size_t times) {
    if (what == "sign-up") return pace_of(times, [&](std::size_t) { sign_up(); });
    if (what == "login") return pace_of(times, [&](std::size_t) { log_in(); });
    if (what == "refresh") return pace_of(times, [&](std::size_t i) { refresh(i); });
    if (what == "hash") return pace_of(times, [&](std::size_t) { hash(); });
    throw std::invalid_argument(std::string(what));
  }

 private:
  void sign_up() { site_.sign_up("new" + std::to_string(new_users_++) + "@example.com"); }
  void log_in() {
    const std::size_t user = dice_() % crowd_;
    logins_.push_back(site_.log_in("u" + std::to_string(user) + "@example.com"));
  }
  void refresh(std::size_t i) { site_.refresh(logins_[i % logins_.size()]); }
  void hash() {
    static const portico::auth::Passwords usual;
    static const portico::auth::Passwords cheap(
        {.memory = portico::auth::LeastMemory, .passes = 1, .lanes = 1});
    if ((cheap_ ? cheap : usual).hash(Password).empty()) std::abort();
  }

  Site site_;
  std::size_t crowd_;
  bool cheap_;
  std::size_t new_users_ = 0;
  std::vector<Login> logins_;
  std::mt19937_64 dice_{20260};
};

}  // namespace

int main(int count, char** arguments) {
  if (count < 3) return 64;
  Errands errands(arguments[1], std::strtoul(arguments[2], nullptr, 10),
                  count > 3 ? arguments[3] : "");
  std::string what;
  for (std::size_t times = 0; std::cin >> what >> times;) {
    const Pace pace = errands.run(what, times);
    std::printf("%.3f %.3f\n", pace.per_second, pace.median);
    std::fflush(stdout);
  }
  return 0;
}
