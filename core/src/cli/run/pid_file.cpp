// SPDX-License-Identifier: Apache-2.0
#include "cli/run/pid_file.h"

#include <cerrno>
#include <cstdio>
#include <fstream>
#include <system_error>
#include <utility>

#include <unistd.h>

namespace portico::cli {

PidFile::PidFile(std::string path) : path_(std::move(path)) {
  if (path_.empty()) return;
  const std::string fresh = path_ + ".new";
  std::ofstream file(fresh);
  file << ::getpid() << '\n';
  file.close();
  if (!file || ::rename(fresh.c_str(), path_.c_str()) != 0) {
    throw std::system_error(errno, std::generic_category(), path_);
  }
}

PidFile::~PidFile() {
  if (path_.empty()) return;
  pid_t written = 0;
  if (std::ifstream(path_) >> written && written == ::getpid()) ::unlink(path_.c_str());
}

}  // namespace portico::cli
