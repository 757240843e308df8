// SPDX-License-Identifier: Apache-2.0
#include "plugin/checked_file.h"

#include "base/sha256.h"
#include "plugin/trust.h"

#include <utility>

namespace portico::plugin {
namespace {

/// "clause; remedy" of a Result's error as a refusal.
Refusal refusal(const std::filesystem::path& file, const std::string& clause) {
  const std::size_t remedy = clause.rfind("; ");
  const std::string subject = file.string() + " ";
  if (remedy == std::string::npos) return {subject + clause, {}};
  return {subject + clause.substr(0, remedy), clause.substr(remedy + 2)};
}

}  // namespace

std::variant<PluginFile, Refusals> open_trusted(const std::filesystem::path& file) {
  const Result<std::filesystem::path> real = trusted_file(file);
  if (!real) return Refusals{refusal(file, real.error())};
  Result<FileContent> content = read_file(real->string());
  if (!content) return Refusals{refusal(file, content.error())};
  std::string hash = base::sha256(content->bytes());
  return PluginFile{*real, std::move(hash), *std::move(content)};
}

std::variant<CheckedFile, Refusals> check_content(const PluginFile& file, std::string_view name) {
  const std::filesystem::path short_name = file.path.filename();
  const Result<PluginStamp> stamp = read_stamp(file.content.bytes());
  if (!stamp) return Refusals{refusal(file.path, stamp.error())};

  // What does not fit comes first: the name of a plugin that cannot be loaded matters little.
  Refusals refusals;
  for (const Misfit& misfit : misfits(*stamp, core_stamp())) {
    refusals.push_back({short_name.string() + " " + misfit.sentence(), misfit.remedy});
  }
  if (refusals.empty() && !name.empty() && stamp->name() != name) {
    refusals.push_back({short_name.string() + " is the plugin \"" + stamp->name() + "\", not \"" +
                            std::string(name) + "\"",
                        "write plugins." + stamp->name()});
  }
  if (!refusals.empty()) return refusals;
  return CheckedFile{file.path, file.hash, *stamp};
}

std::variant<CheckedFile, Refusals> check_file(const std::filesystem::path& file,
                                               std::string_view name) {
  auto opened = open_trusted(file);
  if (auto* refusals = std::get_if<Refusals>(&opened)) return std::move(*refusals);
  return check_content(std::get<PluginFile>(opened), name);
}

}  // namespace portico::plugin
