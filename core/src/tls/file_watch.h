// SPDX-License-Identifier: Apache-2.0
// Notices that files have other contents than before: renewed certificates are taken without a
// restart. Asking costs one stat(2) for each file as long as nobody touched them; a file that was
// touched is read and compared. For one thread.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace portico::tls {

class FileWatch {
 public:
  /// Reads the files. Make it before whoever else reads them, so that no change falls between.
  explicit FileWatch(std::vector<std::string> paths);

  /// Since the last call, or since it was made. A file that went or came counts.
  bool changed();

 private:
  /// What a change of a file cannot leave as it is.
  struct Stamp {
    std::uint64_t device = 0;
    std::uint64_t inode = 0;
    std::int64_t size = -1;  ///< -1: there is no file.
    std::int64_t modified = 0;
    std::int64_t status_changed = 0;
    friend bool operator==(const Stamp&, const Stamp&) = default;
  };
  using Digest = std::array<unsigned char, 32>;  ///< Of nothing where there is no file.
  struct File {
    std::string path;
    Stamp stamp;
    Digest digest{};
  };

  static Stamp stamp_of(const std::string& path);
  static Digest digest_of(const std::string& path);

  std::vector<File> files_;
};

}  // namespace portico::tls
