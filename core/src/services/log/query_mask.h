// SPDX-License-Identifier: Apache-2.0
// Which values of a query are not for the log. Keys are compared as the application will read them:
// percent-decoded and without regard to case, so that `%74oken=` hides nothing from us.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace portico::services {

class QueryMask {
 public:
  static constexpr std::string_view Stars = "***";

  QueryMask() = default;
  explicit QueryMask(std::vector<std::string> keys);

  [[nodiscard]] bool hides(std::string_view key) const noexcept;

  /// Gives the query to `put` piece by piece, with stars for what is hidden. A pair ends at '&' or
  /// ';', for there are applications that read either.
  template <class Put>
  void masked(std::string_view query, Put put) const {
    if (keys_.empty()) return put(query);
    std::size_t shown = 0;
    for (std::size_t at = 0; at < query.size();) {
      std::size_t end = at;
      while (end < query.size() && query[end] != '&' && query[end] != ';') ++end;
      const std::string_view pair = query.substr(at, end - at);
      const std::size_t equals = pair.find('=');
      if (equals != std::string_view::npos && hides(pair.substr(0, equals))) {
        put(query.substr(shown, at + equals + 1 - shown));
        put(Stars);
        shown = end;
      }
      at = end + 1;
    }
    if (shown < query.size()) put(query.substr(shown));
  }

 private:
  std::vector<std::string> keys_;  // Lower case.
  std::uint64_t lengths_ = 0;      // Bit n: a key has n characters, modulo 64.
};

}  // namespace portico::services
