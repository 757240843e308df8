// SPDX-License-Identifier: Apache-2.0
#include "delivery/file_mailer.h"

#include "mail/wire_text.h"

#include <cerrno>
#include <system_error>

#include <fcntl.h>
#include <unistd.h>

namespace portico::notify {
namespace {

/// What a developer forgot about must not fill a disk.
constexpr ::off_t MostBytes = ::off_t{8} << 20U;

/// Lines that look like the beginning of the next mail get a sign in front.
std::string as_entry(const std::string& wire) {
  std::string entry = "From portico Thu Jan  1 00:00:00 1970\n";
  std::size_t at = 0;
  while (at < wire.size()) {
    const std::size_t end = wire.find("\r\n", at);
    const std::string line = wire.substr(at, end == std::string::npos ? end : end - at);
    if (line.starts_with("From ")) entry += '>';
    entry += line + '\n';
    at = end == std::string::npos ? wire.size() : end + 2;
  }
  return entry + '\n';
}

}  // namespace

Sending FileMailer::send(const MailMessage& mail, const std::string& /*id*/) {
  const std::string entry = as_entry(wire_text(mail));
  const std::lock_guard lock(mutex_);
  const int file = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (file < 0) throw std::system_error(errno, std::generic_category(), path_);
  const bool fits = ::lseek(file, 0, SEEK_END) <= MostBytes || ::ftruncate(file, 0) == 0;
  const bool written =
      fits && ::write(file, entry.data(), entry.size()) == static_cast<::ssize_t>(entry.size());
  ::close(file);
  Sending sending;
  sending.kind = written ? Sending::Kind::Sent : Sending::Kind::Later;
  sending.said = written ? "written to the file" : "the file takes no more";
  return sending;
}

}  // namespace portico::notify
