// SPDX-License-Identifier: Apache-2.0
#include "jobs/locked_file.h"

#include <array>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace portico::jobs {

std::optional<LockedFile> LockedFile::open_as(std::filesystem::path&& path, int flags) {
  const int descriptor = ::open(path.c_str(), flags | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (descriptor < 0) return std::nullopt;
  LockedFile file(std::move(path), descriptor);
  if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) return std::nullopt;
  return file;
}

std::optional<LockedFile> LockedFile::create(std::filesystem::path path) {
  return open_as(std::move(path), O_RDWR | O_APPEND | O_CREAT | O_EXCL);
}

std::optional<LockedFile> LockedFile::open(std::filesystem::path path) {
  return open_as(std::move(path), O_RDWR | O_APPEND);
}

LockedFile::~LockedFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

void LockedFile::append(std::string_view text) noexcept {
  const ssize_t written = ::write(descriptor_, text.data(), text.size());
  // A beginning would spoil what comes behind it.
  if (written > 0 && written < static_cast<ssize_t>(text.size())) {
    cut(::lseek(descriptor_, 0, SEEK_END) - written);
  }
}

bool LockedFile::cut(off_t size) noexcept { return ::ftruncate(descriptor_, size) == 0; }

std::string LockedFile::content() const {
  std::string text;
  std::array<char, 16384> piece;
  for (off_t at = 0;;) {
    const ssize_t got = ::pread(descriptor_, piece.data(), piece.size(), at);
    if (got <= 0) return text;
    text.append(piece.data(), static_cast<std::size_t>(got));
    at += got;
  }
}

void LockedFile::remove() noexcept { ::unlink(path_.c_str()); }

}  // namespace portico::jobs
