// SPDX-License-Identifier: Apache-2.0
#include "config/match_check.h"

#include "base/text.h"
#include "config/binder.h"

#include <algorithm>
#include <unordered_set>

namespace portico::config {

namespace {

bool is_token(std::string_view text) noexcept {
  static constexpr std::string_view Others = "!#$%&'*+-.^_`|~";
  return !text.empty() && std::ranges::all_of(text, [](char c) {
    return base::is_letter(c) || base::is_digit(c) || Others.find(c) != Others.npos;
  });
}

bool is_visible(std::string_view text) noexcept {
  return std::ranges::all_of(
      text, [](char c) { return static_cast<unsigned char>(c) >= 0x20 && c != 0x7F; });
}

/// One run over a `match` that was bound.
class MatchCheck {
 public:
  MatchCheck(const Node& node, const std::string& path, Problems& problems)
      : node_(node), path_(path), problems_(problems) {}

  bool run(Match& match) {
    if (const Node* path = node_.find("path")) {
      const auto pattern = check_path_pattern(match.path);
      if (!pattern) fail(*path, "path", pattern.error());
    }
    hosts(match.host);
    methods(match.methods);
    if (const Node* headers = node_.find("headers")) names(*headers, "headers");
    if (const Node* query = node_.find("query")) names(*query, "query");
    return good_;
  }

 private:
  void hosts(std::vector<std::string>& hosts) {
    const Node* node = node_.find("host");
    for (std::size_t at = 0; at < hosts.size(); ++at) {
      auto host = check_host_pattern(hosts[at]);
      if (!host) {
        fail(node->item(at), place(*node, "host", at), host.error());
        continue;
      }
      hosts[at] = *std::move(host);
    }
  }

  void methods(const std::vector<std::string>& methods) {
    const Node* node = node_.find("methods");
    for (std::size_t at = 0; at < methods.size(); ++at) {
      const std::string& method = methods[at];
      const Node& item = node->item(at);
      const std::string path = place(*node, "methods", at);
      if (!is_token(method)) {
        fail(item, path, "not a method; write GET, POST and the like");
      } else if (std::ranges::any_of(method, [](char c) { return c >= 'a' && c <= 'z'; })) {
        std::string upper = method;
        for (char& c : upper) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        fail(item, path, "methods are in capitals; write " + upper);
      } else if (std::find(methods.begin(), methods.begin() + static_cast<long>(at), method) !=
                 methods.begin() + static_cast<long>(at)) {
        fail(item, path, method + " is written twice; keep one");
      }
    }
  }

  static std::string place(const Node& list, std::string_view key, std::size_t index) {
    return list.is_list() ? item_path(key, index) : std::string(key);
  }

  void names(const Node& node, std::string_view key) {
    for (const auto& [name, value] : node.entries()) {
      const std::string path = child_path(key, name.text());
      if (key == "headers" && !is_token(name.text())) {
        fail(name, path, "not the name of a header field");
      } else if (name.text().empty()) {
        fail(name, path, "a query parameter has a name");
      } else if (!is_visible(value.text())) {
        fail(value, path, "a value has no control characters");
      }
    }
    if (key == "headers") same_headers(node);
  }

  void same_headers(const Node& node) {
    std::vector<std::string> seen;
    for (const Node::Entry& entry : node.entries()) {
      std::string name = base::to_lower(entry.key.text());
      if (std::ranges::find(seen, name) != seen.end()) {
        fail(entry.key, child_path("headers", entry.key.text()),
             "written twice, the case of letters apart; keep one");
      }
      seen.push_back(std::move(name));
    }
  }

  void fail(const Node& where, std::string_view below, std::string_view sentence) {
    add_sentence(where.mark(), path_ + "." + std::string(below), sentence, problems_);
    good_ = false;
  }

  const Node& node_;
  const std::string& path_;
  Problems& problems_;
  bool good_ = true;
};

/// The first host that none of the outer ones covers, or null. Looks names up: both lists may be
/// long.
const std::string* outside(const std::vector<std::string>& inner,
                           const std::vector<std::string>& outer) {
  const std::unordered_set<std::string_view> known(outer.begin(), outer.end());
  for (const std::string& host : inner) {
    bool covered = known.contains(host);
    std::string wider = host.starts_with("*.") ? host.substr(2) : host;
    for (std::size_t dot = wider.find('.'); !covered && dot != wider.npos; dot = wider.find('.')) {
      wider.erase(0, dot + 1);
      covered = known.contains("*." + wider);
    }
    if (!covered) return &host;
  }
  return nullptr;
}

/// Adds the outer's conditions; a contradiction is an error, because nothing could match.
bool inherit_values(const std::map<std::string, std::string>& outer,
                    std::map<std::string, std::string>& inner) {
  bool agree = true;
  for (const auto& [name, value] : outer) {
    const auto [own, added] = inner.try_emplace(name, value);
    if (!added && own->second == "*") own->second = value;
    agree &= value == "*" || own->second == value;
  }
  return agree;
}

}  // namespace

void add_sentence(Mark mark, std::string_view path, std::string_view sentence, Problems& problems) {
  const std::size_t end = sentence.find("; ");
  const std::string_view remedy = end == sentence.npos ? "" : sentence.substr(end + 2);
  problems.error(mark, path, sentence.substr(0, end), remedy);
}

bool read_match(const Node& node, Match& match, const std::string& path, Problems& problems) {
  BindContext context{problems};
  if (!config::bind(node, match, path, context)) return false;
  return MatchCheck(node, path, problems).run(match);
}

bool inherit_match(const Match& outer, Match& inner, const Node& node, const std::string& path,
                   Problems& problems) {
  const auto fail = [&](std::string_view key, std::string_view sentence) {
    const Node* at = node.is_map() ? node.find(key) : nullptr;
    add_sentence(at == nullptr ? node.mark() : at->mark(), child_path(path, key), sentence,
                 problems);
    return false;
  };
  if (inner.path.empty()) inner.path = outer.path;
  if (!outer.path.empty() && !path_within(inner.path, outer.path)) {
    return fail("path", "not within `" + outer.path + "` of the outer route; write the whole path");
  }
  if (inner.host.empty()) {
    inner.host = outer.host;
  } else if (!outer.host.empty()) {
    const std::string* stray = outside(inner.host, outer.host);
    if (stray != nullptr) {
      return fail("host", "`" + *stray + "` is not within the hosts of the outer route");
    }
  }
  if (inner.methods.empty()) inner.methods = outer.methods;
  for (const std::string& method : inner.methods) {
    if (!outer.methods.empty() && std::ranges::find(outer.methods, method) == outer.methods.end()) {
      return fail("methods", method + " is not among the methods of the outer route");
    }
  }
  if (!inherit_values(outer.headers, inner.headers)) {
    return fail("headers", "another value than the outer route's; nothing could match both");
  }
  if (!inherit_values(outer.query, inner.query)) {
    return fail("query", "another value than the outer route's; nothing could match both");
  }
  return true;
}

}  // namespace portico::config
