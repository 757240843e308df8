// SPDX-License-Identifier: Apache-2.0
#include "cli/main.h"

#include "cli/command.h"

#include <exception>
#include <string>
#include <vector>

namespace portico::cli {

int main(int argc, char** argv) {
  Console console;
  try {
    return static_cast<int>(run_program(std::vector<std::string>(argv + 1, argv + argc), console));
  } catch (const std::exception& error) {
    console.error.line(std::string("portico: ") + error.what(), Style::Red);
  } catch (...) {
    console.error.line("portico: something that is no exception was thrown", Style::Red);
  }
  return static_cast<int>(ExitCode::Internal);
}

}  // namespace portico::cli
