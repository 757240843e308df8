// SPDX-License-Identifier: Apache-2.0
#include "services/health/machine.h"

#include "services/metrics/process.h"

#include <algorithm>
#include <fstream>
#include <limits>
#include <optional>
#include <string>
#include <system_error>

namespace portico::services {
namespace {

[[nodiscard]] Finding unknown() { return {Finding::State::Warning, "cannot be read"}; }

/// "MemAvailable:   123 kB", in bytes.
[[nodiscard]] std::uint64_t memory_line(const std::string& wanted) {
  constexpr std::uint64_t KiB = 1024;
  std::ifstream lines("/proc/meminfo");
  std::string name;
  std::uint64_t amount = 0;
  while (lines >> name >> amount) {
    if (name == wanted) return amount * KiB;
    lines.ignore(std::numeric_limits<std::streamsize>::max(), '\n');
  }
  return 0;
}

/// Of the control group of version 2 that this process sees as its own; none where it has no limit.
[[nodiscard]] std::optional<std::uint64_t> group_figure(const std::string& file) {
  std::string path;
  std::getline(std::ifstream("/proc/self/cgroup"), path);
  constexpr std::string_view Unified = "0::";
  if (!path.starts_with(Unified)) return std::nullopt;
  std::uint64_t figure = 0;
  std::ifstream in("/sys/fs/cgroup" + path.substr(Unified.size()) + "/" + file);
  if (!(in >> figure)) return std::nullopt;  // "max", or no such file.
  return figure;
}

}  // namespace

Finding Stock::judged() const {
  if (all == 0) return {};
  constexpr double Percent = 100;
  const double share = static_cast<double>(left) / static_cast<double>(all);
  Finding finding;
  if (share < warn_below) finding.state = Finding::State::Warning;
  if (share < fail_below) finding.state = Finding::State::Failed;
  finding.note = std::to_string(static_cast<int>(share * Percent)) + " % left";
  return finding;
}

Finding check_disk(const std::filesystem::path& folder) {
  std::error_code fault;
  std::filesystem::path place = folder;
  while (!std::filesystem::exists(place, fault) && place.has_relative_path()) {
    place = place.parent_path();
  }
  const std::filesystem::space_info space = std::filesystem::space(place, fault);
  if (fault) return unknown();
  // A journal or a database needs some; a large disk is never as full as its share says.
  constexpr std::uint64_t Plenty = std::uint64_t{1} << 30U;
  if (space.available >= Plenty) {
    return Stock{space.available, space.capacity, 0, 0}.judged();
  }
  return Stock{space.available, space.capacity, 0.1, 0.005}.judged();
}

Finding check_memory() {
  constexpr double Warn = 0.1;
  constexpr double Fail = 0.01;
  const std::uint64_t all = memory_line("MemTotal:");
  if (all == 0) return unknown();
  Stock stock{memory_line("MemAvailable:"), all, Warn, Fail};
  const auto most = group_figure("memory.max");
  const auto used = group_figure("memory.current");
  // What the page cache holds counts as used there, and is given back when it is needed: a group
  // at its limit is no reason to fail, only to look.
  if (most && used && *most < all) stock = {*most - std::min(*most, *used), *most, Warn, 0};
  return stock.judged();
}

Finding check_descriptors() {
  const ProcessFacts facts = ProcessFacts::now();
  const std::uint64_t left = facts.most_files - std::min(facts.most_files, facts.open_files);
  return Stock{left, facts.most_files, 0.1, 0.01}.judged();
}

}  // namespace portico::services
