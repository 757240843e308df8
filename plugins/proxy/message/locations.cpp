// SPDX-License-Identifier: Apache-2.0
#include "message/locations.h"

#include "shared/ascii.h"

#include <algorithm>
#include <array>
#include <utility>

namespace portico::proxy {
namespace {

constexpr std::array<std::string_view, 2> Fields = {"Location", "Content-Location"};

/// "http://a/b" in its parts; nothing where it is no absolute address.
struct Address {
  std::string_view scheme;
  std::string_view authority;
  std::string_view path;
};

std::optional<Address> absolute(std::string_view url) noexcept {
  const std::size_t end = url.find("://");
  if (end == std::string_view::npos || end > url.find_first_of("/?#")) return std::nullopt;
  Address address;
  address.scheme = url.substr(0, end);
  const std::size_t begin = end + 3;
  const std::size_t path = std::min(url.find_first_of("/?#", begin), url.size());
  address.authority = url.substr(begin, path - begin);
  address.path = url.substr(path);
  return address;
}

/// "a:80" is "a" to http.
std::string_view without_default_port(std::string_view authority, std::string_view scheme) {
  const std::string_view port = same_letters(scheme, "https") ? ":443" : ":80";
  if (authority.ends_with(port)) authority.remove_suffix(port.size());
  return authority;
}

}  // namespace

Locations::Locations(Scheme scheme, std::vector<std::string> authorities, const PathRule& paths)
    : scheme_(scheme), authorities_(std::move(authorities)), paths_(paths) {}

bool Locations::is_ours(std::string_view authority, std::string_view told) const noexcept {
  if (!told.empty() && same_letters(authority, told)) return true;
  return std::ranges::any_of(authorities_,
                             [&](const std::string& one) { return same_letters(one, authority); });
}

std::string_view Locations::map(std::string_view url, const PublicPlace& place,
                                std::string_view told, Draft& draft) const {
  draft.clear();
  if (url.starts_with('/') && !url.starts_with("//")) {
    if (!paths_.moves()) return url;
    paths_.append_public(url, draft);
    return draft;
  }
  const auto address = absolute(url);
  if (!address) return url;
  const std::string_view authority = without_default_port(address->authority, address->scheme);
  // An upstream that was told the client's Host says so too. What scheme it names is its choice: it
  // may mean to lead from http to https.
  if (same_letters(authority, without_default_port(place.authority, place.scheme))) {
    if (!paths_.moves()) return url;
    draft += url.substr(0, url.size() - address->path.size());
    paths_.append_public(address->path, draft);
    return draft;
  }
  if (!same_letters(address->scheme, word_of(scheme_)) || !is_ours(authority, told)) return url;
  draft += place.scheme;
  draft += "://";
  draft += place.authority;
  if (paths_.moves()) {
    paths_.append_public(address->path, draft);
  } else {
    draft += address->path;
  }
  return draft;
}

void Locations::apply(Headers& headers, const PublicPlace& place, std::string_view told,
                      Draft& draft) const {
  for (const std::string_view name : Fields) {
    const auto url = headers.get(name);
    if (!url) continue;
    const std::string_view mapped = map(*url, place, told, draft);
    if (mapped != *url) headers.set(name, mapped);
  }
  const auto refresh = headers.get("Refresh");
  const std::size_t at = refresh ? refresh->find('=') : std::string_view::npos;
  if (at == std::string_view::npos) return;
  const std::string_view url = refresh->substr(at + 1);
  const std::string_view mapped = map(url, place, told, draft);
  if (mapped == url) return;
  draft.insert(0, refresh->substr(0, at + 1));
  headers.set("Refresh", draft);
}

}  // namespace portico::proxy
