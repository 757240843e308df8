// SPDX-License-Identifier: Apache-2.0
// The fields that no client may send, because an upstream takes them for the gateway's own word:
// what plugins have asked for by `Registrar::reserves_header`. Made once for an edition, read by
// every loop. Upstreams that follow CGI cannot tell "X-User-Id" from "X_User_Id", and some of them
// turn whatever is no letter or digit into the same sign; so all of these count as one here.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace portico::http {

class ReservedFields {
 public:
  void add(std::string_view name);
  [[nodiscard]] bool empty() const noexcept { return names_.empty(); }
  [[nodiscard]] bool contains(std::string_view name) const noexcept;
  /// The lines of a section of trailers without those of such names.
  [[nodiscard]] std::string without(std::string_view trailers) const;

 private:
  std::vector<std::string> names_;  // Folded.
  std::uint64_t lengths_ = 0;       // Bit n: a name has n characters, modulo 64.
};

}  // namespace portico::http
