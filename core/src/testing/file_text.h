// SPDX-License-Identifier: Apache-2.0
// Puts together the file that a test's gateway reads.
#pragma once

#include <string>
#include <string_view>

namespace portico::testing {

class FileText {
 public:
  void plugin(std::string_view name, std::string_view settings);
  void redis(std::string_view name);
  void database(std::string_view name, std::string_view url);
  void use(std::string_view entry);
  void route(std::string_view entry);
  /// The whole file, with a last route for everything.
  [[nodiscard]] std::string text() const;

 private:
  std::string redis_;
  std::string databases_;
  std::string plugins_;
  std::string use_;
  std::string routes_;
};

}  // namespace portico::testing
