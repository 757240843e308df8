// SPDX-License-Identifier: Apache-2.0
#include "plugin/services.h"

#include "plugin/names.h"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <utility>

namespace portico::plugin {
namespace {

/// The services that the SDK fixes, and who of our own provides them.
constexpr std::array<std::pair<std::string_view, std::string_view>, 3> KnownProviders{{
    {"identity/1", "auth"},
    {"permissions/1", "rbac"},
    {"channel/1", "notify"},
}};

std::string_view stem(std::string_view versioned_name) {
  return versioned_name.substr(0, versioned_name.find('/'));
}

}  // namespace

std::optional<std::string> Services::offer(ServiceProvider provider) {
  const std::lock_guard lock(mutex_);
  for (ServiceProvider& other : providers_) {
    if (other.name != provider.name) continue;
    if (other.first_choice == provider.first_choice) return other.plugin;
    if (provider.first_choice) other = std::move(provider);
    return std::nullopt;
  }
  providers_.push_back(std::move(provider));
  return std::nullopt;
}

void* const* Services::slot(std::string_view plugin, std::string_view name, Need need) {
  if (!is_versioned_name(name)) {
    throw std::logic_error("a service cannot be called \"" + std::string(name) +
                           "\": a word, a slash and a version, as in \"identity/1\"");
  }
  const std::lock_guard lock(mutex_);
  Slot made{std::string(plugin), std::string(name), need, nullptr};
  if (resolved_) {
    made.service = find_locked(name);
    if (made.service == nullptr && need == Need::Required) {
      throw std::runtime_error("needs the service " + made.name +
                               ", which no loaded plugin provides; " + remedy_for(name));
    }
  }
  return &slots_.emplace_back(std::move(made)).service;
}

std::vector<MissingService> Services::resolve() {
  const std::lock_guard lock(mutex_);
  resolved_ = true;
  std::vector<MissingService> missing;
  for (Slot& slot : slots_) {
    slot.service = find_locked(slot.name);
    if (slot.service != nullptr || slot.need == Need::Optional) continue;
    const auto told = [&slot](const MissingService& other) {
      return other.plugin == slot.plugin && other.name == slot.name;
    };
    if (std::none_of(missing.begin(), missing.end(), told)) {
      missing.push_back({slot.plugin, slot.name, remedy_for(slot.name)});
    }
  }
  return missing;
}

void* Services::find(std::string_view name) const {
  const std::lock_guard lock(mutex_);
  return find_locked(name);
}

void* Services::find_locked(std::string_view name) const noexcept {
  const auto found = std::find_if(providers_.begin(), providers_.end(),
                                  [name](const auto& provider) { return provider.name == name; });
  return found == providers_.end() ? nullptr : found->service;
}

std::string Services::remedy_for(std::string_view name) const {
  for (const ServiceProvider& provider : providers_) {
    if (stem(provider.name) == stem(name)) {
      return "the plugin " + provider.plugin + " provides " + provider.name +
             "; use versions of both that agree";
    }
  }
  for (const auto& [service, plugin] : KnownProviders) {
    if (stem(service) == stem(name)) {
      return "add the plugin " + std::string(plugin) + " to `plugins`";
    }
  }
  return "add the plugin that provides it to `plugins`";
}

}  // namespace portico::plugin
