// SPDX-License-Identifier: Apache-2.0
#include "gate/origin_check.h"

#include "gate/credential.h"
#include "shared/ascii.h"

#include <algorithm>

namespace portico::auth {
namespace {

bool is_own(const Sender& sender) noexcept {
  std::string_view origin = sender.origin;
  if (sender.host.empty() || !origin.starts_with(sender.scheme)) return false;
  origin.remove_prefix(sender.scheme.size());
  if (!origin.starts_with("://")) return false;
  origin.remove_prefix(3);
  std::string_view host = sender.host;
  // Browsers leave the scheme's own port out of the Origin; others may write it into Host.
  const std::string_view port = sender.scheme == "https" ? ":443" : ":80";
  if (host.ends_with(port)) host.remove_suffix(port.size());
  return same_letters(origin, host);
}

}  // namespace

SentBy sent_by(const Sender& sender, std::span<const std::string> trusted) noexcept {
  const bool known = std::ranges::find(trusted, sender.origin) != trusted.end();
  if (!sender.fetch_site.empty()) {
    if (sender.fetch_site == "same-origin" || sender.fetch_site == "none") return SentBy::Us;
    return sender.fetch_site == "same-site" && known ? SentBy::Us : SentBy::Others;
  }
  if (sender.origin.empty()) return SentBy::Unknown;
  return known || is_own(sender) ? SentBy::Us : SentBy::Others;
}

bool is_safe_method(std::string_view method) noexcept {
  return method == "GET" || method == "HEAD" || method == "OPTIONS";
}

}  // namespace portico::auth
