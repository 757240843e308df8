// SPDX-License-Identifier: Apache-2.0
// The real program, serving a file that a test wrote, on ports of the kernel's choice.
#pragma once

#include "e2e/child.h"
#include "e2e/http_client.h"
#include "unit/temporary_folder.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace portico::e2e {

/// `portico WORDS...` to its end, in `folder`.
Finished portico(std::vector<std::string> words, const test::TemporaryFolder& folder);

/// Puts listeners on free ports in front of `yaml`, which has no `listen` and no `admin`.
std::string on_free_ports(std::string_view yaml);

class Gateway {
 public:
  /// Starts and waits until it serves; throws with its output when it does not.
  explicit Gateway(std::string_view yaml);

  [[nodiscard]] std::uint16_t port() const noexcept { return port_; }
  [[nodiscard]] std::uint16_t admin_port() const noexcept { return admin_port_; }
  [[nodiscard]] HttpReply get(std::string_view target, std::string_view fields = {}) const {
    return e2e::get(port_, target, fields);
  }
  [[nodiscard]] HttpReply request(std::string_view method, std::string_view target,
                                  std::string_view fields = {}, std::string_view body = {}) const {
    return e2e::request(port_, method, target, fields, body);
  }
  /// Replaces the file and sends HUP; returns when the log says how it went.
  void reload(std::string_view yaml);
  /// Sends TERM and waits; the exit code.
  int stop();
  [[nodiscard]] Child& child() noexcept { return child_; }
  [[nodiscard]] const test::TemporaryFolder& folder() const noexcept { return folder_; }

 private:
  test::TemporaryFolder folder_;
  std::string file_;
  Child child_;
  std::uint16_t port_ = 0;
  std::uint16_t admin_port_ = 0;
};

}  // namespace portico::e2e
