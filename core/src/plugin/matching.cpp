// SPDX-License-Identifier: Apache-2.0
#include "plugin/matching.h"

#include <algorithm>
#include <map>
#include <utility>

namespace portico::plugin {
namespace {

using routing::Matcher;

std::vector<Matcher::Condition> conditions(const std::map<std::string, std::string>& wanted) {
  std::vector<Matcher::Condition> made;
  made.reserve(wanted.size());
  for (const auto& [name, value] : wanted) made.push_back({name, value});
  return made;
}

class When final : public pipeline::Condition {
 public:
  explicit When(std::vector<Matcher> matchers) : matchers_(std::move(matchers)) {}

  [[nodiscard]] bool holds(const http::RequestState& request) const noexcept override {
    const RoutedRequest view(request);
    return std::ranges::any_of(matchers_, [&view](const Matcher& matcher) {
      return matcher.miss(view) == routing::Miss::None;
    });
  }

 private:
  std::vector<Matcher> matchers_;
};

}  // namespace

std::vector<Matcher> compile_match(const config::Match& match, config::Mark mark,
                                   const std::string& path, config::Problems& problems) {
  Matcher common;
  const auto pattern = routing::PathPattern::parse(match.path.empty() ? "/**" : match.path);
  if (!pattern) {
    problems.error(mark, path + ".path", pattern.error());
    return {};
  }
  common.path = *pattern;
  common.methods = match.methods;
  common.headers = conditions(match.headers);
  common.query = conditions(match.query);
  if (match.host.empty()) return {common};
  std::vector<Matcher> made;
  for (const std::string& text : match.host) {
    const auto host = routing::HostPattern::parse(text);
    if (!host) {
      problems.error(mark, path + ".host", host.error());
      continue;
    }
    made.push_back(common);
    made.back().host = *host;
  }
  return made;
}

std::shared_ptr<const pipeline::Condition> compile_when(const config::Match& when,
                                                        config::Mark mark, const std::string& path,
                                                        config::Problems& problems) {
  return std::make_shared<When>(compile_match(when, mark, path, problems));
}

std::string text_of(const config::Match& match) {
  std::string text;
  for (const std::string& method : match.methods) text += (text.empty() ? "" : ",") + method;
  if (text.empty()) text.push_back('*');
  text += ' ';
  for (std::size_t i = 0; i < match.host.size(); ++i) text += (i == 0 ? "" : ",") + match.host[i];
  return text + (match.path.empty() ? "/**" : match.path);
}

}  // namespace portico::plugin
