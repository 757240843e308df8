// SPDX-License-Identifier: Apache-2.0
#include "plugin/trust.h"

#include <cerrno>
#include <cstring>
#include <string>
#include <system_error>

#include <sys/stat.h>
#include <unistd.h>

namespace portico::plugin {
namespace {

namespace fs = std::filesystem;

/// How near to the code the thing is whose rights are looked at.
enum class Place { File, Folder, Above };

std::string_view noun(Place place) {
  switch (place) {
    case Place::File: return "it";
    case Place::Folder: return "its folder";
    case Place::Above: return "a folder above it";
  }
  return "it";
}

std::string clause(Place place, const fs::path& path, std::string_view verb) {
  std::string text(noun(place));
  if (place != Place::File) text += " " + path.string();
  return text.append(" ").append(verb);
}

/// What is wrong with the rights of one thing, or empty.
std::string fault(Place place, const fs::path& path, const struct stat& status, Owner owner) {
  const std::string name = path.string();
  if (status.st_uid != 0 && status.st_uid != owner.user) {
    return "is not trusted: " + clause(place, path, "belongs to user ") +
           std::to_string(status.st_uid) + "; chown root " + name;
  }
  // In a sticky folder nobody can replace what is another's, but a new library can be put beside
  // it.
  const bool sticky = place == Place::Above && (status.st_mode & S_ISVTX) != 0;
  if ((status.st_mode & S_IWOTH) != 0 && !sticky) {
    return "is not trusted: " + clause(place, path, "may be written by everybody") +
           "; chmod o-w " + name;
  }
  // Above, a group is not looked at: Debian's /usr/local belongs to its group of administrators.
  const bool foreign_group = status.st_gid != 0 && status.st_gid != owner.group;
  if (place != Place::Above && foreign_group && (status.st_mode & S_IWGRP) != 0) {
    return "is not trusted: " + clause(place, path, "may be written by group ") +
           std::to_string(status.st_gid) + "; chmod g-w " + name;
  }
  return {};
}

}  // namespace

Owner Owner::of_this_process() { return {::geteuid(), ::getegid()}; }

Result<fs::path> trusted_file(const fs::path& file, Owner owner) {
  std::error_code error;
  fs::path real = fs::canonical(file, error);
  if (error) return Error("cannot be found: " + error.message());

  Place place = Place::File;
  for (fs::path path = real;; path = path.parent_path()) {
    struct stat status = {};
    if (::stat(path.c_str(), &status) != 0) {
      return Error(std::string("cannot be examined: ") + std::strerror(errno));
    }
    if (place == Place::File && !S_ISREG(status.st_mode)) return Error("is not a regular file");
    const std::string found = fault(place, path, status, owner);
    if (!found.empty()) return Error(found);
    if (path == path.root_path()) break;
    place = place == Place::File ? Place::Folder : Place::Above;
  }
  return real;
}

}  // namespace portico::plugin
