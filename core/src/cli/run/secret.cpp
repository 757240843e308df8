// SPDX-License-Identifier: Apache-2.0
#include "cli/run/secret.h"

#include "base/hex.h"
#include "base/random.h"
#include "base/state_directory.h"
#include "base/text.h"
#include "config/bounded_file.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <string_view>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace portico::cli {
namespace {

using Outcome = config::BoundedFile::Outcome;

constexpr std::size_t MostBytes = 4096;

[[nodiscard]] Error cannot_make(const std::string& path, int reason) {
  return Error(path + ": the secret cannot be made there: " + std::strerror(reason) +
               "; make the folder writable, or set `secret`");
}

/// Who makes it as root, by a command, must not keep it from the service that runs as somebody
/// else.
void give_to_owner_of(const std::filesystem::path& folder, int file) {
  struct stat owner {};
  if (::geteuid() != 0 || ::stat(folder.c_str(), &owner) != 0) return;
  // Where it cannot be given away the service says so when it starts.
  static_cast<void>(::fchown(file, owner.st_uid, owner.st_gid) == 0);
}

/// Whole or not at all: another process that starts at the same time must not read half of it.
[[nodiscard]] Result<std::string> make(const std::string& path) {
  const std::string secret = fresh_secret();
  const std::string draft = path + "." + std::to_string(::getpid());
  const int file = ::open(draft.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file < 0) return cannot_make(path, errno);
  give_to_owner_of(std::filesystem::path(path).parent_path(), file);
  const bool written =
      ::write(file, secret.data(), secret.size()) == static_cast<ssize_t>(secret.size()) &&
      ::fsync(file) == 0;
  const bool placed = written && ::link(draft.c_str(), path.c_str()) == 0;
  const int reason = errno;
  ::close(file);
  ::unlink(draft.c_str());
  if (placed) return secret;
  if (reason != EEXIST) return cannot_make(path, reason);
  return std::string(base::trim(config::read_bounded(path, MostBytes).text));
}

}  // namespace

std::string fresh_secret() {
  std::array<std::byte, 32> random;
  base::fill_random(random);
  return base::hex(random);
}

Result<std::string> secret_of(const config::Settings& settings) {
  if (!settings.secret.empty()) return settings.secret.reveal();
  const std::string path = settings.secret_file.empty()
                               ? (base::state_directory() / "secret").string()
                               : settings.secret_file;
  const config::BoundedFile file = config::read_bounded(path, MostBytes);
  if (file.outcome == Outcome::Absent) {
    std::error_code ignored;
    std::filesystem::create_directories(std::filesystem::path(path).parent_path(), ignored);
    return make(path);
  }
  if (file.outcome != Outcome::Read) return Error(path + ": " + file.reason("4 KiB"));
  const std::string_view secret = base::trim(file.text);
  if (secret.size() < 32) {
    return Error(path + ": the secret has less than 32 bytes; remove the file to have one made");
  }
  return std::string(secret);
}

}  // namespace portico::cli
