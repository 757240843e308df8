// SPDX-License-Identifier: Apache-2.0
// The dynamic linker's messages, in which an operator finds neither the cause nor the cure.
#include "base/demangle.h"
#include "base/text.h"
#include "plugin/library.h"

namespace portico::plugin {
namespace {

std::string before(std::string_view text, std::string_view mark) {
  return std::string(text.substr(0, text.find(mark)));
}

/// What follows `mark`, up to `end`; empty when there is no `mark`.
std::string_view between(std::string_view text, std::string_view mark, std::string_view end) {
  const std::size_t at = text.find(mark);
  if (at == std::string_view::npos) return {};
  const std::string_view rest = text.substr(at + mark.size());
  return rest.substr(0, rest.find(end));
}

Refusal missing_symbol(const std::string& file, std::string_view symbol) {
  const std::string name = base::demangle(symbol);
  if (name.find("portico::") != std::string::npos) {
    return {file + " needs " + name + ", which this Portico does not have",
            "rebuild it with the portico-dev of this Portico: "
            "cmake -B build && cmake --build build"};
  }
  return {file + " needs " + name + ", which no library that it names has",
          "link the library that defines it (target_link_libraries) and rebuild it"};
}

}  // namespace

Refusal explain_dlerror(std::string_view file, std::string_view message) {
  const std::string name(file);
  const std::string_view symbol = between(message, "undefined symbol: ", ",");
  if (!symbol.empty()) return missing_symbol(name, base::trim(symbol));

  if (message.find("cannot open shared object file") != std::string_view::npos) {
    const std::string library = before(message, ":");
    return {name + " needs the library " + library + ", which is not installed",
            "install the package that has it (apt-file search " + library + ")"};
  }
  const std::string_view version = between(message, "version `", "'");
  if (!version.empty()) {
    return {name + " needs " + std::string(version) + ", and " + before(message, ":") +
                " here is older",
            "rebuild it on this release of the system"};
  }
  return {name + " cannot be loaded: " + base::escape_control(message), {}};
}

}  // namespace portico::plugin
