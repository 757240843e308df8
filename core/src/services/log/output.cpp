// SPDX-License-Identifier: Apache-2.0
#include "services/log/output.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <system_error>

#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

namespace portico::services {
namespace {

[[nodiscard]] std::ptrdiff_t retried_write(int descriptor, std::string_view bytes) noexcept {
  ssize_t written = -1;
  do {
    written = ::write(descriptor, bytes.data(), bytes.size());
  } while (written < 0 && errno == EINTR);
  return written < 0 && errno == EAGAIN ? 0 : written;
}

class File final : public Output {
 public:
  File(std::string path, Rotation rotation) : path_(std::move(path)), rotation_(rotation) {
    if (!open()) throw std::system_error(errno, std::generic_category(), path_);
  }
  ~File() override { ::close(descriptor_); }
  File(const File&) = delete;
  File& operator=(const File&) = delete;

  std::ptrdiff_t write(std::string_view lines) noexcept override {
    const std::ptrdiff_t written = retried_write(descriptor_, fitting(lines));
    if (written > 0) {
      size_ += static_cast<std::uint64_t>(written);
      within_record_ = lines[static_cast<std::size_t>(written) - 1] != '\n';
    }
    return written;
  }
  bool reopen() noexcept override { return open(); }
  [[nodiscard]] int descriptor() const noexcept override { return descriptor_; }

 private:
  bool open() noexcept {
    // Non-blocking, so that a named pipe without a reader is an error instead of a wait.
    const int opened =
        ::open(path_.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NONBLOCK, 0640);
    if (opened < 0) return false;
    if (descriptor_ >= 0) ::close(descriptor_);
    descriptor_ = opened;
    struct stat status {};
    const bool regular = ::fstat(opened, &status) == 0 && S_ISREG(status.st_mode);
    size_ = regular ? static_cast<std::uint64_t>(status.st_size) : 0;
    rotates_ = regular && rotation_.bytes > 0;
    return true;
  }

  /// The records that this file still holds, at least one; rotates when it holds none.
  std::string_view fitting(std::string_view lines) noexcept {
    if (!rotates_ || within_record_) return lines;
    if (size_ > 0 && size_ + first_record(lines).size() > rotation_.bytes) rotate();
    const std::uint64_t room = rotation_.bytes > size_ ? rotation_.bytes - size_ : 0;
    if (lines.size() <= room) return lines;
    const std::size_t end = lines.substr(0, static_cast<std::size_t>(room)).rfind('\n');
    return end == std::string_view::npos ? first_record(lines) : lines.substr(0, end + 1);
  }
  [[nodiscard]] static std::string_view first_record(std::string_view lines) noexcept {
    const std::size_t end = lines.find('\n');
    return end == std::string_view::npos ? lines : lines.substr(0, end + 1);
  }

  /// When a step fails the log goes on in the file it has: a file too long is better than none.
  void rotate() noexcept {
    if (rotation_.files == 0) {
      if (::ftruncate(descriptor_, 0) == 0) size_ = 0;
      return;
    }
    // Gone already when the last rotation could rename but not open: then only that is left to do.
    if (::access(path_.c_str(), F_OK) == 0) {
      for (unsigned i = rotation_.files; i > 1; --i) {
        if (::rename(numbered(i - 1).c_str(), numbered(i).c_str()) != 0 && errno != ENOENT) return;
      }
      if (::rename(path_.c_str(), numbered(1).c_str()) != 0) return;
    }
    open();
  }
  [[nodiscard]] std::string numbered(unsigned i) const { return path_ + '.' + std::to_string(i); }

  std::string path_;
  Rotation rotation_;
  bool rotates_ = false;
  bool within_record_ = false;
  int descriptor_ = -1;
  std::uint64_t size_ = 0;
};

class Stream final : public Output {
 public:
  explicit Stream(int descriptor) : descriptor_(descriptor) {
    struct stat status {};
    if (::fstat(descriptor, &status) != 0) return;
    way_ = S_ISSOCK(status.st_mode) ? Way::Socket : Way::Cautious;
    if (S_ISREG(status.st_mode)) way_ = Way::Plain;
    if (!S_ISFIFO(status.st_mode) && !S_ISCHR(status.st_mode)) return;
    // O_NONBLOCK belongs to the open file, which our parent shares: we open one of our own.
    const std::string name = "/proc/self/fd/" + std::to_string(descriptor);
    own_ = ::open(name.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (own_ < 0) return;
    descriptor_ = own_;
    way_ = Way::Plain;
  }
  ~Stream() override {
    if (own_ >= 0) ::close(own_);
  }
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;

  std::ptrdiff_t write(std::string_view lines) noexcept override {
    if (way_ == Way::Plain) return retried_write(descriptor_, lines);
    if (way_ == Way::Socket) {
      const ssize_t sent =
          ::send(descriptor_, lines.data(), lines.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
      return sent < 0 && (errno == EAGAIN || errno == EINTR) ? 0 : sent;
    }
    // A pipe that polls as writable takes PIPE_BUF bytes at once.
    pollfd ready{descriptor_, POLLOUT, 0};
    if (::poll(&ready, 1, 0) <= 0) return 0;
    return retried_write(descriptor_, lines.substr(0, PIPE_BUF));
  }
  [[nodiscard]] int descriptor() const noexcept override { return descriptor_; }

 private:
  enum class Way : std::uint8_t { Plain, Socket, Cautious };

  int descriptor_;
  int own_ = -1;
  Way way_ = Way::Cautious;
};

}  // namespace

std::unique_ptr<Output> open_file(std::string path, Rotation rotation) {
  return std::make_unique<File>(std::move(path), rotation);
}

std::unique_ptr<Output> borrow_stream(int descriptor) {
  return std::make_unique<Stream>(descriptor);
}

}  // namespace portico::services
