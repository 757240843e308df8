// SPDX-License-Identifier: Apache-2.0
#include "config/bounded_file.h"

#include <algorithm>
#include <cerrno>
#include <system_error>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace portico::config {

namespace {

using Outcome = BoundedFile::Outcome;

/// Closes what it holds.
struct Descriptor {
  explicit Descriptor(int opened) noexcept : number(opened) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (number >= 0) ::close(number);
  }
  int number;
};

/// Reads one byte more than `most_bytes`, if there is one. Zero, or errno.
int read_up_to(int descriptor, std::string& text, std::size_t most_bytes) {
  std::size_t filled = 0;
  for (;;) {
    if (filled == text.size()) {
      if (filled > most_bytes) return 0;
      text.resize(std::min(most_bytes + 1, filled * 2 + 4096));
    }
    const ssize_t got = ::read(descriptor, text.data() + filled, text.size() - filled);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return errno;
    if (got == 0) break;
    filled += static_cast<std::size_t>(got);
  }
  text.resize(filled);
  return 0;
}

}  // namespace

std::string BoundedFile::reason(std::string_view bound) const {
  switch (outcome) {
    case Outcome::Read: return "it was read";
    case Outcome::Absent: return "no such file";
    case Outcome::NotRegular: return "not a regular file";
    case Outcome::TooLarge: return "larger than " + std::string(bound);
    case Outcome::Failed: break;
  }
  return std::generic_category().message(error);
}

BoundedFile read_bounded(const std::string& path, std::size_t most_bytes) {
  BoundedFile file;
  // Not blocking: a pipe without a writer would hold the start for ever.
  const Descriptor opened(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  struct stat status = {};
  if (opened.number < 0 || ::fstat(opened.number, &status) != 0) {
    file.error = errno;
    file.outcome = errno == ENOENT || errno == ENOTDIR ? Outcome::Absent : Outcome::Failed;
    return file;
  }
  file.device = status.st_dev;
  file.inode = status.st_ino;
  file.outcome = Outcome::NotRegular;
  if (!S_ISREG(status.st_mode)) return file;
  file.outcome = Outcome::TooLarge;
  if (static_cast<std::size_t>(status.st_size) > most_bytes) return file;
  file.text.resize(static_cast<std::size_t>(status.st_size) + 1);
  file.error = read_up_to(opened.number, file.text, most_bytes);
  if (file.error == 0 && file.text.size() > most_bytes) return file;
  file.outcome = file.error == 0 ? Outcome::Read : Outcome::Failed;
  return file;
}

}  // namespace portico::config
