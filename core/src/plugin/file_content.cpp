// SPDX-License-Identifier: Apache-2.0
#include "plugin/file_content.h"

#include <cerrno>
#include <cstring>
#include <new>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace portico::plugin {

FileContent::FileContent(std::size_t capacity) : capacity_(capacity) {
  if (capacity == 0) return;
  // Not a mapping of the file itself: one that shrinks under us would end the process.
  void* memory =
      ::mmap(nullptr, capacity, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) throw std::bad_alloc();
  memory_ = static_cast<std::byte*>(memory);
}

FileContent::~FileContent() {
  if (memory_ != nullptr) ::munmap(memory_, capacity_);
}

/// False, and errno, when it cannot be read. What a file that shrinks does not have is found
/// missing by whoever looks for it.
bool FileContent::fill(int descriptor) {
  while (size_ < capacity_) {
    const ssize_t got = ::read(descriptor, memory_ + size_, capacity_ - size_);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return false;
    if (got == 0) break;
    size_ += static_cast<std::size_t>(got);
  }
  return true;
}

Result<FileContent> read_file(const std::string& path) {
  // O_NONBLOCK: opening a pipe or a device that somebody put there must not hang.
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  if (descriptor < 0) return Error(std::string("cannot be read: ") + std::strerror(errno));
  struct Closer {
    int descriptor;
    ~Closer() { ::close(descriptor); }
  } const closer{descriptor};

  struct stat status = {};
  if (::fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode)) {
    return Error("is not a regular file");
  }
  const auto size = static_cast<std::uint64_t>(status.st_size);
  if (size > MaxPluginFile) return Error("is larger than 1 GiB");
  FileContent content(size);
  if (!content.fill(descriptor)) {
    return Error(std::string("cannot be read: ") + std::strerror(errno));
  }
  return content;
}

}  // namespace portico::plugin
