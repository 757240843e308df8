// SPDX-License-Identifier: Apache-2.0
#include "plugin/library.h"

#include "base/guard.h"

#include <cstdlib>
#include <optional>
#include <stdexcept>

#include <dlfcn.h>

namespace portico::plugin {
namespace {

constexpr const char* EntryName = "portico_plugin_v0";
using EntryFunction = const detail::PluginEntry* (*)();

/// The plugin's table of functions, or what is wrong with it.
std::variant<const detail::PluginEntry*, Refusals> enter(void* handle, const std::string& name) {
  const auto function = reinterpret_cast<EntryFunction>(::dlsym(handle, EntryName));
  if (function == nullptr) {
    return Refusals{{name + " has a stamp but does not export " + EntryName,
                     "write PORTICO_EXPORT_PLUGIN in one of its files and rebuild it"}};
  }
  const detail::PluginEntry* entry = nullptr;
  if (const auto thrown = base::guarded([&] { entry = function(); })) {
    return Refusals{{name + " failed as it was loaded: " + *thrown, {}}};
  }
  if (entry == nullptr || entry->size < sizeof(detail::PluginEntry) || entry->config == nullptr ||
      entry->create == nullptr || entry->destroy == nullptr) {
    return Refusals{{name + " has a damaged table of functions", "rebuild it"}};
  }
  return entry;
}

std::variant<const detail::PluginEntry*, Refusals> map(const CheckedFile& file) {
  const std::string name = file.path.filename().string();
  void* handle = ::dlopen(file.path.c_str(), RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
  if (handle == nullptr) {
    const char* message = ::dlerror();
    return Refusals{explain_dlerror(name, message == nullptr ? "" : message)};
  }
  // The handle is never closed.
  return enter(handle, name);
}

}  // namespace

std::variant<const Library*, Refusals> Libraries::load(const std::filesystem::path& file,
                                                       std::string_view name) {
  const auto found = by_name_.find(name);
  // One that was linked in has no file.
  if (found != by_name_.end() && found->second->path().empty()) return found->second.get();

  auto opened = open_trusted(file);
  if (auto* refusals = std::get_if<Refusals>(&opened)) return std::move(*refusals);
  const auto& bytes = std::get<PluginFile>(opened);
  auto checked = check_content(bytes, name);
  auto* refusals = std::get_if<Refusals>(&checked);

  if (found != by_name_.end()) {
    Library& library = *found->second;
    library.upgrade_pending_ = bytes.hash != library.hash();
    library.upgrade_refusals_ = refusals == nullptr ? Refusals() : std::move(*refusals);
    return &library;
  }
  if (refusals != nullptr) return std::move(*refusals);

  auto& accepted = std::get<CheckedFile>(checked);
  auto entry = map(accepted);
  if (auto* failed = std::get_if<Refusals>(&entry)) return std::move(*failed);
  auto library =
      std::make_unique<Library>(std::move(accepted), *std::get<const detail::PluginEntry*>(entry));
  return &adopt(name, std::move(library));
}

Library& Libraries::adopt(std::string_view name, std::unique_ptr<Library> library) {
  const std::size_t index = by_name_.size() + 1;
  if (index >= MostLibraries) throw std::length_error("more plugins than a process can hold");
  library->index_ = static_cast<std::uint16_t>(index);
  Library& adopted = *by_name_.emplace(name, std::move(library)).first->second;
  by_index_[index].store(&adopted, std::memory_order_release);
  return adopted;
}

std::string_view Libraries::name_of(std::uint16_t index) const noexcept {
  const Library* library =
      index < MostLibraries ? by_index_[index].load(std::memory_order_acquire) : nullptr;
  return library == nullptr ? "core" : library->stamp().stamp.name;
}

const Library& Libraries::link(const Info& info, const detail::PluginEntry& entry) {
  CheckedFile file;
  file.stamp = core_stamp();
  const auto fill = [](auto& field, std::string_view text) { text.copy(field, sizeof(field) - 1); };
  fill(file.stamp.stamp.name, info.name);
  fill(file.stamp.stamp.version, info.version);
  fill(file.stamp.stamp.summary, info.summary);
  auto library = std::make_unique<Library>(std::move(file), entry);
  if (by_name_.contains(info.name)) throw std::logic_error("this plugin is linked in already");
  return adopt(info.name, std::move(library));
}

const Library* Libraries::find(std::string_view name) const {
  const auto found = by_name_.find(name);
  return found == by_name_.end() ? nullptr : found->second.get();
}

}  // namespace portico::plugin
