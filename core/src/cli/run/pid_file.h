// SPDX-License-Identifier: Apache-2.0
// A file with the id of the process that serves.
#pragma once

#include <string>

namespace portico::cli {

class PidFile {
 public:
  /// Writes it; empty: none. Throws std::system_error.
  explicit PidFile(std::string path);
  PidFile(const PidFile&) = delete;
  PidFile& operator=(const PidFile&) = delete;
  /// Removes it, unless another process has written its own there.
  ~PidFile();

 private:
  const std::string path_;
};

}  // namespace portico::cli
