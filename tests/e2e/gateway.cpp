// SPDX-License-Identifier: Apache-2.0
#include "e2e/gateway.h"

#include <csignal>
#include <cstdlib>
#include <fstream>
#include <stdexcept>

namespace portico::e2e {
namespace {

std::uint16_t port_after(const std::string& line, std::string_view key) {
  const std::size_t at = line.find(key);
  if (at == std::string::npos) throw std::runtime_error("no " + std::string(key) + " in " + line);
  return static_cast<std::uint16_t>(std::stoi(line.substr(at + key.size())));
}

ChildOptions options_in(const test::TemporaryFolder& folder) {
  return {.environment = {{"STATE_DIRECTORY", (folder.path() / "state").string()}},
          .directory = folder.path().string()};
}

}  // namespace

Finished portico(std::vector<std::string> words, const test::TemporaryFolder& folder) {
  words.insert(words.begin(), PORTICO_BINARY);
  return run(std::move(words), options_in(folder));
}

std::string on_free_ports(std::string_view yaml) {
  return "listen: [{address: \"127.0.0.1:0\"}]\nadmin: {address: \"127.0.0.1:0\"}\n" +
         std::string(yaml);
}

Gateway::Gateway(std::string_view yaml)
    : file_(folder_.write("portico.yaml", on_free_ports(yaml))),
      child_({PORTICO_BINARY, "run", "-c", file_}, options_in(folder_)) {
  const std::string line = child_.wait_for("\"message\":\"serving\"");
  port_ = port_after(line, "\"listen\":\"127.0.0.1:");
  admin_port_ = port_after(line, "\"admin\":\"127.0.0.1:");
}

void Gateway::reload(std::string_view yaml) {
  static_cast<void>(folder_.write("portico.yaml", on_free_ports(yaml)));
  const std::string told = "\"event\":\"reload\"";
  const std::size_t before = child_.count(told);
  child_.signal(SIGHUP);
  child_.wait_for_count(told, before + 1);
}

int Gateway::stop() {
  child_.signal(SIGTERM);
  return child_.wait();
}

}  // namespace portico::e2e
