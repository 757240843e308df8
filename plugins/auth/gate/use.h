// SPDX-License-Identifier: Apache-2.0
// What a place of use says: of `auth`, `auth.optional` and `auth.fresh`.
#pragma once

#include <portico/schema.h>

#include <chrono>
#include <string>
#include <vector>

namespace portico::auth {

/// What every kind of place may narrow.
struct Narrowing {
  std::vector<std::string> issuer;
  std::vector<std::string> audience;
};

/// `auth`: nobody passes whom we do not know.
struct RequiredUse : Narrowing {
  std::vector<std::string> scopes;

  static void describe(Schema<RequiredUse>& s);
};

/// `auth.optional`: who brings nothing passes; who brings something must bring a good one.
struct OptionalUse : Narrowing {
  static void describe(Schema<OptionalUse>& s);
};

/// `auth.fresh`: who proved it a short while ago.
struct FreshUse : RequiredUse {
  std::chrono::seconds max_age = std::chrono::minutes(10);

  static void describe(Schema<FreshUse>& s);
};

}  // namespace portico::auth
