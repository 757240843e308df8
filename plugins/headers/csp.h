// SPDX-License-Identifier: Apache-2.0
// Content-Security-Policy from a map of directives: what may be written in one, and its text.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace portico::headers {

using Directives = std::map<std::string, std::vector<std::string>>;

/// The source that stands for the nonce of the request.
inline constexpr std::string_view NonceSource = "{csp.nonce}";
/// In place of sources: the directive is left out.
inline constexpr std::string_view LeftOut = "off";

/// What is wrong with the name of a directive; empty when nothing is.
[[nodiscard]] std::string fault_of_directive(std::string_view name);
/// What is wrong with a source; empty when nothing is.
[[nodiscard]] std::string fault_of_source(std::string_view source);
/// Whether no directive has `'none'` or `off` beside other sources.
[[nodiscard]] bool stand_alone(const Directives& directives);

enum class Defaults : bool { Left, Used };

/// The text of a policy, cut where a nonce goes in.
class PolicyText {
 public:
  /// `written` in place of the defaults of the same name.
  PolicyText(const Directives& written, Defaults defaults);

  [[nodiscard]] bool wants_nonce() const noexcept { return pieces_.size() > 1; }
  [[nodiscard]] bool empty() const noexcept { return pieces_.size() == 1 && pieces_[0].empty(); }
  /// The text with the nonce in it, in a buffer of this thread: until the next call.
  [[nodiscard]] std::string_view write(std::string_view nonce) const;

 private:
  void add(std::string_view name, const std::vector<std::string>& sources);

  std::vector<std::string> pieces_{""};
};

}  // namespace portico::headers
