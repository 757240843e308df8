// SPDX-License-Identifier: Apache-2.0
// Copies of the sample plugins that were built beside the tests, damaged where a test wants it.
#pragma once

#include "plugin/file_content.h"
#include "unit/places.h"
#include "unit/plugin/elf_builder.h"
#include "unit/temporary_folder.h"

#include <cstring>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>

namespace portico::plugin::test {

using portico::test::TemporaryFolder;

inline std::filesystem::path built_plugin(std::string_view name) {
  return portico::test::build_folder() / "lib/portico/plugins" / (std::string(name) + ".so");
}

class PluginCopy {
 public:
  explicit PluginCopy(std::string_view name) {
    const auto file = read_file(built_plugin(name).string());
    if (!file) throw std::runtime_error(built_plugin(name).string() + " " + file.error());
    bytes_.assign(file->bytes().begin(), file->bytes().end());
  }

  /// Changes the stamp in place.
  template <class Change>
  PluginCopy& stamp(Change change) {
    const std::string_view owner("Portico\0PRTO", 12);
    const std::size_t at = text().find(owner);
    if (at == std::string_view::npos) throw std::runtime_error("the plugin has no stamp");
    detail::Stamp stamp;
    std::memcpy(static_cast<void*>(&stamp), bytes_.data() + at + 8, sizeof stamp);
    change(stamp);
    patch(bytes_, at + 8, stamp);
    return *this;
  }

  /// Replaces every occurrence by a text of the same length.
  PluginCopy& replace(std::string_view from, std::string_view to) {
    std::size_t count = 0;
    for (std::size_t at = 0; (at = text().find(from, at)) != std::string_view::npos; ++count) {
      std::memcpy(bytes_.data() + at, to.data(), to.size());
    }
    if (count == 0 || from.size() != to.size()) throw std::runtime_error("there is no such text");
    return *this;
  }

  PluginCopy& cut(std::size_t length) {
    bytes_.resize(length);
    return *this;
  }
  PluginCopy& append(char byte) {
    bytes_.push_back(static_cast<std::byte>(byte));
    return *this;
  }

  /// Written beside its place and moved there, as a package manager does.
  std::filesystem::path save(const TemporaryFolder& folder, std::string_view name) const {
    const std::filesystem::path made = folder.write(std::string(name) + ".new", text());
    const std::filesystem::path file = folder.path() / name;
    std::filesystem::rename(made, file);
    return file;
  }

 private:
  [[nodiscard]] std::string_view text() const {
    return {reinterpret_cast<const char*>(bytes_.data()), bytes_.size()};
  }

  FileBytes bytes_;
};

}  // namespace portico::plugin::test
