// SPDX-License-Identifier: Apache-2.0
// The SDK's Plugin and Args. The destructor is the key function: one vtable and one type_info, in
// core.
#include <portico/plugin.h>

#include <algorithm>

namespace portico {

Plugin::~Plugin() = default;
void Plugin::start() {}
void Plugin::retire() {}
void Plugin::stop() {}

namespace {

/// Where options end: everything after "--" is a plain word.
std::vector<std::string>::iterator end_of_options(std::vector<std::string>& words) {
  return std::find(words.begin(), words.end(), "--");
}

}  // namespace

bool Args::flag(std::string_view name) {
  const auto end = end_of_options(words_);
  const auto found = std::find(words_.begin(), end, name);
  if (found == end) return false;
  words_.erase(found);
  return true;
}

std::optional<std::string> Args::option(std::string_view name) {
  const auto end = end_of_options(words_);
  for (auto word = words_.begin(); word != end; ++word) {
    if (*word == name && word + 1 != end) {
      std::string value = std::move(*(word + 1));
      words_.erase(word, word + 2);
      return value;
    }
    // "-c=x" is a file of the name "=x" to most programs, so only long options take a sign.
    if (name.starts_with("--") && word->size() > name.size() && word->starts_with(name) &&
        (*word)[name.size()] == '=') {
      std::string value = word->substr(name.size() + 1);
      words_.erase(word);
      return value;
    }
  }
  return std::nullopt;
}

}  // namespace portico
