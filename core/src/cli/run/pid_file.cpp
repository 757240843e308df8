// SPDX-License-Identifier: Apache-2.0
#include "cli/run/pid_file.h"

#include <cerrno>
#include <fstream>
#include <system_error>
#include <utility>

#include <unistd.h>

namespace portico::cli {

PidFile::PidFile(std::string path) : path_(std::move(path)) {
  if (path_.empty()) return;
  std::ofstream file(path_);
  file << ::getpid() << '\n';
  file.flush();
  if (!file) throw std::system_error(errno, std::generic_category(), path_);
}

PidFile::~PidFile() {
  if (path_.empty()) return;
  pid_t written = 0;
  if (std::ifstream(path_) >> written && written == ::getpid()) ::unlink(path_.c_str());
}

}  // namespace portico::cli
