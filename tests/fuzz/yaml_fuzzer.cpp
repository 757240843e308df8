// SPDX-License-Identifier: Apache-2.0
// Any bytes as a configuration file. Whatever they are, reading ends, nothing is touched that is
// not there, what cannot be read is an error, and an error's text is safe to print.
#include "config/settings.h"
#include "config/yaml_reader.h"

#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace {

using namespace portico::config;

void require(bool holds) {
  if (!holds) std::abort();
}

/// Touches every text and every mark.
std::size_t walk(const Node& node, std::size_t depth) {
  require(depth <= YamlLimits::MostDepth + 1);
  require(node.mark().line > 0 || depth == 0);
  std::size_t sum = node.mark().column;
  for (const char c : node.text()) sum += static_cast<unsigned char>(c);
  for (const Node& item : node.items()) sum += walk(item, depth + 1);
  for (const auto& [key, value] : node.entries()) {
    require(key.is_scalar());
    sum += walk(key, depth + 1) + walk(value, depth + 1);
  }
  return sum;
}

void check_text(const Problems& problems) {
  for (const char c : problems.text()) {
    require(c == '\n' || (static_cast<unsigned char>(c) >= 0x20 && c != 0x7F));
  }
  require(!problems.json().empty());
}

/// Files of this machine are none of a fuzzer's business.
bool reads_files(std::string_view text) {
  return text.find("file:") != text.npos || text.find("include") != text.npos ||
         text.find("environment") != text.npos;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  {
    portico::base::Arena arena;
    Problems problems;
    const auto root = read_yaml(text, problems.name_file("f.yaml"), arena, problems);
    require(root.has_value() || problems.any_error());
    if (root) walk(*root, 0);
    check_text(problems);
  }
  if (reads_files(text)) return 0;
  Problems problems;
  const Environment environment({{"A", "1"}, {"LONGER", "a: [b"}});
  const auto loaded =
      bind_settings(Document::parse(text, "f.yaml", environment, problems), problems);
  require(loaded.has_value() || problems.any_error());
  check_text(problems);
  return 0;
}
