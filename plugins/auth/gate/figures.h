// SPDX-License-Identifier: Apache-2.0
// What the gate counts. Labels are words of ours: nothing of a token gets into them.
#pragma once

#include "jose/algorithm.h"
#include "jose/fault.h"
#include <portico/host.h>

#include <optional>
#include <string_view>

namespace portico::auth {

class Figures {
 public:
  explicit Figures(Host& host);
  Figures(const Figures&) = delete;
  Figures& operator=(const Figures&) = delete;

  void hit() noexcept { hits_.add(); }
  void miss() noexcept { misses_.add(); }
  void verified(Algorithm algorithm) { count("ok", algorithm); }
  /// Without an algorithm where the token was not understood so far.
  void refused(Fault fault, std::optional<Algorithm> algorithm) {
    count(word_of(fault), algorithm);
  }
  void revoked(std::optional<Algorithm> algorithm) { count("revoked", algorithm); }
  void unusable(Algorithm algorithm) { count("unusable", algorithm); }
  void without_keys() { count("no_keys", std::nullopt); }

 private:
  void count(std::string_view result, std::optional<Algorithm> algorithm);

  Host& host_;
  Counter& hits_;
  Counter& misses_;
};

}  // namespace portico::auth
