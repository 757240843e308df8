// SPDX-License-Identifier: Apache-2.0
// Routes of addresses that get nothing any more, and of the provider that reports them.
#pragma once

#include "api/site.h"
#include "webhook/verification.h"
#include <portico/http.h>
#include <portico/metrics.h>
#include <portico/schema.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace portico::notify {

struct SuppressionView {
  std::optional<std::string> email;
  std::string reason;
  std::string source;
  std::string created_at;

  static void describe(Schema<SuppressionView>& s);
};

struct SuppressionList {
  std::vector<SuppressionView> items;
  std::optional<std::string> next;

  static void describe(Schema<SuppressionList>& s);
};

struct BounceBody {
  enum class Type : std::uint8_t { Hard, Soft, Complaint };

  Type type = Type::Soft;
  std::string email;
  std::string delivery_id;

  static void describe(Schema<BounceBody>& s);
};

class SuppressionRoutes {
 public:
  /// Throws std::runtime_error where `bounce_secret` is none.
  explicit SuppressionRoutes(const Site& site);

  [[nodiscard]] Response list(Request& request) const;
  [[nodiscard]] Response remove(Request& request) const;
  [[nodiscard]] Response bounce(Request& request) const;

 private:
  void check_signature(const Request& request) const;

  const Site& site_;
  std::optional<webhook::Verifier> provider_;  // None: nobody reports.
  Counter& hard_;
  Counter& soft_;
  Counter& complaints_;
};

}  // namespace portico::notify
