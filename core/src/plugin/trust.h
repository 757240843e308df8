// SPDX-License-Identifier: Apache-2.0
// Whether a file may become part of this process. A plugin has every right of the process, so
// whoever can replace its file owns the gateway: the file, its folder and the folders above must
// belong to root or to us and be writable by nobody else.
#pragma once

#include "base/result.h"

#include <filesystem>

#include <sys/types.h>

namespace portico::plugin {

/// Whose files are trusted besides root's.
struct Owner {
  uid_t user;
  gid_t group;
  static Owner of_this_process();
};

/// The file behind all symbolic links, or a clause that says why it is not trusted, with the
/// remedy: "may be written by everybody; chmod o-w /opt/acme/hello.so".
[[nodiscard]] Result<std::filesystem::path> trusted_file(const std::filesystem::path& file,
                                                         Owner owner = Owner::of_this_process());

}  // namespace portico::plugin
