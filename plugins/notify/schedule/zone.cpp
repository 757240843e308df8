// SPDX-License-Identifier: Apache-2.0
#include "schedule/zone.h"

#include "schedule/text.h"
#include "schedule/zone_file.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <fstream>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <utility>

namespace portico::notify::schedule {
namespace {

constexpr const char* Folder = "/usr/share/zoneinfo/";
constexpr std::size_t MostName = 64;
constexpr std::size_t MostFile = std::size_t{64} * 1024;

/// What lies in the folder and is no zone by that name: what this machine is set to, and copies.
constexpr std::array<std::string_view, 5> NoZones{"localtime", "posixrules", "Factory", "posix",
                                                  "right"};

bool is_part(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return is_letter(c) || is_digit(c) || c == '_' || c == '+' || c == '-';
  });
}

/// No dots, so that no name leads out of the folder.
bool is_name(std::string_view name) {
  if (name.empty() || name.size() > MostName || name.ends_with('/')) return false;
  std::string_view rest = name;
  const std::string_view first = take_until(rest, '/');
  if (!is_part(first) || std::find(NoZones.begin(), NoZones.end(), first) != NoZones.end()) {
    return false;
  }
  while (!rest.empty()) {
    if (!is_part(take_until(rest, '/'))) return false;
  }
  return true;
}

std::shared_ptr<const Zone> load(const std::string& name) {
  if (name == "UTC") return std::make_shared<Zone>();
  std::ifstream file(Folder + name, std::ios::binary);
  std::string bytes(MostFile, '\0');
  file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (file.gcount() <= 0) return nullptr;
  bytes.resize(static_cast<std::size_t>(file.gcount()));
  return Zone::read(bytes);
}

}  // namespace

std::shared_ptr<const Zone> Zone::find(std::string_view name) {
  static std::mutex mutex;
  static std::map<std::string, std::shared_ptr<const Zone>, std::less<>> known;
  if (!is_name(name)) return nullptr;
  const std::scoped_lock lock(mutex);
  if (const auto found = known.find(name); found != known.end()) return found->second;
  auto zone = load(std::string(name));
  // Names of no zone are not kept, or strangers could fill the memory with them.
  if (zone != nullptr) known.emplace(name, zone);
  return zone;
}

std::shared_ptr<const Zone> Zone::read(std::string_view file) { return ZoneFile::read(file); }

Zone::Period Zone::period_at(std::chrono::sys_seconds time) const {
  const auto next = std::upper_bound(changes_.begin(), changes_.end(), time);
  const auto at = static_cast<std::size_t>(next - changes_.begin());
  if (next == changes_.end() && rule_) {
    const ZoneRule::Span span = rule_->span_at(time);
    if (changes_.empty() || span.begin > changes_.back()) {
      return {span.begin, span.end, span.offset, span.offset_before};
    }
    return {changes_.back(), span.end, span.offset, at > 1 ? offsets_[at - 2] : first_offset_};
  }
  return {at > 0 ? changes_[at - 1] : Beginning, next == changes_.end() ? End : *next,
          at > 0 ? offsets_[at - 1] : first_offset_, at > 1 ? offsets_[at - 2] : first_offset_};
}

}  // namespace portico::notify::schedule
