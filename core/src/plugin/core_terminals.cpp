// SPDX-License-Identifier: Apache-2.0
#include "plugin/core_terminals.h"

#include "pipeline/redirect.h"
#include "pipeline/respond.h"

namespace portico::plugin {
namespace {

template <class T>
detail::TerminalEntry entry(std::string_view key) {
  return {.key = std::string(key),
          .settings = &detail::settings_type<T>(),
          .make = [](const void* settings) { return static_cast<const T*>(settings)->rule(); }};
}

std::deque<detail::TerminalEntry> make_terminals() {
  std::deque<detail::TerminalEntry> made;
  made.push_back(entry<pipeline::Respond>("respond"));
  made.push_back(entry<pipeline::Redirect>("redirect"));
  return made;
}

}  // namespace

const std::deque<detail::TerminalEntry>& core_terminals() {
  static const std::deque<detail::TerminalEntry> terminals = make_terminals();
  return terminals;
}

}  // namespace portico::plugin
