// SPDX-License-Identifier: Apache-2.0
// A file of targets: one on each line, with what is to be known of it behind, and comments.
#include "discovery/discovery.h"
#include "text.h"
#include "upstream/target_url.h"

#include <charconv>
#include <stdexcept>

namespace portico::proxy {
namespace {

constexpr std::uint32_t Most = 65'535;

[[noreturn]] void refuse(std::size_t line, const std::string& why) {
  throw std::runtime_error("line " + std::to_string(line) + " " + why);
}

std::string_view take_word(std::string_view& line) {
  const std::size_t begin = std::min(line.find_first_not_of(" \t\r"), line.size());
  line.remove_prefix(begin);
  const std::string_view word = line.substr(0, line.find_first_of(" \t\r"));
  line.remove_prefix(word.size());
  return word;
}

std::uint32_t number(std::string_view text, std::size_t line) {
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value > Most) {
    refuse(line, "has " + quoted(text) + " where a number of 0 to 65535 should be");
  }
  return value;
}

Found read_line(std::string_view line, std::size_t place) {
  const std::string_view url = take_word(line);
  if (const std::string fault = fault_of_target(url); !fault.empty()) {
    refuse(place, "has a target that " + fault);
  }
  const TargetUrl target(url);
  if (target.is_name()) refuse(place, "names a host; write its address, or use `dns`");
  Found found{.address = target.address(), .authority = target.authority()};
  for (std::string_view word = take_word(line); !word.empty(); word = take_word(line)) {
    if (word.starts_with("weight=")) {
      found.weight = number(word.substr(7), place);
    } else if (word.starts_with("priority=")) {
      found.priority = number(word.substr(9), place);
    } else {
      refuse(place, "has " + quoted(word) + "; write weight=N or priority=N");
    }
  }
  return found;
}

}  // namespace

std::vector<Found> read_targets(std::string_view text) {
  std::vector<Found> found;
  std::size_t place = 0;
  while (!text.empty()) {
    std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    ++place;
    line = line.substr(0, line.find('#'));
    if (line.find_first_not_of(" \t\r") == line.npos) continue;
    found.push_back(read_line(line, place));
  }
  return found;
}

}  // namespace portico::proxy
