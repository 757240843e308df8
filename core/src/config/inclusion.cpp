// SPDX-License-Identifier: Apache-2.0
#include "config/inclusion.h"

#include "config/yaml_reader.h"

#include <algorithm>
#include <cerrno>
#include <memory>
#include <system_error>

#include <dirent.h>
#include <fnmatch.h>

namespace portico::config {

namespace {

constexpr std::string_view Wildcards = "*?[";
constexpr std::string_view MostText = "8 MiB";

std::string folder_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  if (slash == std::string::npos) return {};
  return path.substr(0, slash + 1);
}

using Folder = std::unique_ptr<DIR, int (*)(DIR*)>;

}  // namespace

Inclusion::Inclusion(std::string main, base::Arena& arena, Problems& problems)
    : main_(std::move(main)), arena_(arena), problems_(problems) {}

std::string Inclusion::beside(std::string_view path) const {
  if (path.starts_with('/')) return std::string(path);
  return folder_of(main_).append(path);
}

std::optional<Node> Inclusion::read_main() {
  const BoundedFile file = read_bounded(main_, YamlLimits::MostBytes);
  const std::uint32_t number = problems_.name_file(main_);
  if (file.outcome != BoundedFile::Outcome::Read) {
    const bool absent = file.outcome == BoundedFile::Outcome::Absent;
    problems_.error({number, 0, 0}, {}, file.reason(MostText),
                    absent ? "name the configuration with -c FILE" : "");
    return std::nullopt;
  }
  seen_.emplace_back(file.device, file.inode);
  return parse_main(file.text);
}

std::optional<Node> Inclusion::parse_main(std::string_view text) {
  std::optional<Node> root = parse(text, main_);
  if (root && root->is_null()) {
    problems_.error({problems_.name_file(main_), 0, 0}, {}, "the file says nothing",
                    "write at least one of `listen`, `plugins` and `routes`");
    return std::nullopt;
  }
  return root;
}

std::optional<std::vector<Node>> Inclusion::read_included(std::span<const Node> patterns) {
  bool good = true;
  for (const Node& pattern : patterns) {
    if (!pattern.is_scalar() || pattern.text().empty()) {
      good = fail(pattern, "expected a file name or a pattern", "such as \"conf.d/*.yaml\"");
    } else {
      good &= expand(pattern, beside(pattern.text()));
    }
    std::vector<std::string> paths = std::exchange(paths_, {});
    for (const std::string& path : paths) {
      std::optional<Node> root = read(pattern, path);
      good &= root.has_value();
      if (root) roots_.push_back(*root);
    }
  }
  if (!good) return std::nullopt;
  return std::move(roots_);
}

bool Inclusion::expand(const Node& pattern, const std::string& path) {
  const std::string folder = folder_of(path);
  const std::string name = path.substr(folder.size());
  if (folder.find_first_of(Wildcards) != std::string::npos) {
    return fail(pattern, "wildcards are for the file's name, not for folders",
                "include each folder by its name");
  }
  if (name.find_first_of(Wildcards) == std::string::npos) return add(pattern, path);
  return add_matching(pattern, folder, name);
}

bool Inclusion::add_matching(const Node& pattern, const std::string& folder,
                             const std::string& name) {
  const Folder listing(::opendir(folder.empty() ? "." : folder.c_str()), &::closedir);
  if (!listing) {
    if (errno == ENOENT) return true;  // As a folder without such files.
    return fail(pattern, "cannot list " + folder + ": " + std::generic_category().message(errno),
                "");
  }
  std::size_t looked_at = 0;
  bool good = true;
  while (const dirent* entry = ::readdir(listing.get())) {
    if (++looked_at > InclusionLimits::MostNames) {
      return fail(pattern, folder + " holds more than 100000 files",
                  "include from a folder of its own");
    }
    if (::fnmatch(name.c_str(), entry->d_name, FNM_PERIOD) != 0) continue;
    good = add(pattern, folder + entry->d_name);
    if (!good) break;
  }
  std::sort(paths_.begin(), paths_.end());
  return good;
}

bool Inclusion::add(const Node& pattern, std::string path) {
  if (paths_.size() + seen_.size() > InclusionLimits::MostFiles) {
    return fail(pattern, "more than 1000 files are included", "join some of them");
  }
  paths_.push_back(std::move(path));
  return true;
}

std::optional<Node> Inclusion::read(const Node& pattern, const std::string& path) {
  const BoundedFile file = read_bounded(path, YamlLimits::MostBytes);
  if (file.outcome != BoundedFile::Outcome::Read) {
    fail(pattern, "cannot include " + path + ": " + file.reason(MostText), "");
    return std::nullopt;
  }
  if (known(file)) {
    fail(pattern, path + " is included twice, or includes itself", "name each file once");
    return std::nullopt;
  }
  std::optional<Node> root = parse(file.text, path);
  if (!root) return std::nullopt;
  if (root->is_null()) {
    problems_.warning({problems_.name_file(path), 0, 0}, {}, "the file says nothing");
  }
  if (const Node::Entry* nested = root->find_entry("include")) {
    problems_.error(nested->key.mark(), "include", "a file that is included cannot include others",
                    "list them in " + main_);
  }
  return root;
}

std::optional<Node> Inclusion::parse(std::string_view text, const std::string& path) {
  const std::uint32_t file = problems_.name_file(path);
  texts_ += text;
  if (texts_.size() > InclusionLimits::MostBytes) {
    problems_.error({file, 0, 0}, {}, "with this file the configuration is larger than 16 MiB", {});
    return std::nullopt;
  }
  std::optional<Node> root = read_yaml(text, file, arena_, problems_);
  if (root && !root->is_map() && !root->is_null()) {
    problems_.error(root->mark(), {},
                    "expected a map of settings, found " + std::string(noun(root->kind())),
                    "begin with `listen:`, `plugins:` or `routes:`");
    return std::nullopt;
  }
  return root;
}

bool Inclusion::known(const BoundedFile& file) {
  const std::pair place(file.device, file.inode);
  if (std::find(seen_.begin(), seen_.end(), place) != seen_.end()) return true;
  seen_.push_back(place);
  return false;
}

bool Inclusion::fail(const Node& pattern, const std::string& what, const std::string& remedy) {
  problems_.error(pattern.mark(), "include", what, remedy);
  return false;
}

}  // namespace portico::config
