// SPDX-License-Identifier: Apache-2.0
// Addresses in an answer's head that point at the upstream become those that the client can reach:
// Location, Content-Location and Refresh.
#pragma once

#include "message/path_rule.h"
#include "text.h"
#include "upstream/target_url.h"
#include <portico/http.h>

#include <string>
#include <string_view>
#include <vector>

namespace portico::proxy {

/// Where the client thinks that it is.
struct PublicPlace {
  std::string_view scheme;
  std::string_view authority;  ///< As the client wrote it in its Host.
};

/// Immutable.
class Locations {
 public:
  /// `authorities` are those of the upstream's targets, as a Host says them; `paths` must outlive
  /// this.
  Locations(Scheme scheme, std::vector<std::string> authorities, const PathRule& paths);

  /// `told` is the Host that the upstream was told, where it is no target's.
  void apply(Headers& headers, const PublicPlace& place, std::string_view told, Draft& draft) const;

  /// The address as the client reaches it, in `draft`; the same one where it does not point at the
  /// upstream.
  [[nodiscard]] std::string_view map(std::string_view url, const PublicPlace& place,
                                     std::string_view told, Draft& draft) const;

 private:
  [[nodiscard]] bool is_ours(std::string_view authority, std::string_view told) const noexcept;

  Scheme scheme_;
  std::vector<std::string> authorities_;
  const PathRule& paths_;
};

}  // namespace portico::proxy
