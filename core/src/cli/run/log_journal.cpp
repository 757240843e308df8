// SPDX-License-Identifier: Apache-2.0
#include "cli/run/log_journal.h"

#include <array>
#include <cstdio>
#include <string>

namespace portico::cli {
namespace {

using Kind = pipeline::Incident::Kind;

std::string_view sentence(Kind kind) {
  switch (kind) {
    case Kind::Threw: return "a plugin threw";
    case Kind::Misused: return "a plugin returned what it must not";
    case Kind::Shadowed: return "would have answered, but runs in shadow mode";
    case Kind::PoolFull: return "no worker was free and the queue was full";
    case Kind::TooLarge: return "the request's body was too large";
    case Kind::Ended: return "ended an answer that was open: what it depended on holds no longer";
    case Kind::Internal: return "an answer was given";
  }
  return "";
}

bool is_fault(Kind kind) { return kind == Kind::Threw || kind == Kind::Misused; }

Level level_of(Kind kind) {
  if (kind == Kind::Ended) return Level::Info;
  return is_fault(kind) ? Level::Error : Level::Warning;
}

}  // namespace

LogJournal::LogJournal(services::LogSink& log, services::MetricRegistry& counters,
                       const plugin::Libraries& libraries)
    : log_(log),
      libraries_(libraries),
      faults_(counters, "portico_plugin_faults_total",
              "Times a plugin threw or returned what it must not."),
      shadowed_(counters, "portico_shadowed_total", "Answers that shadow mode turned into a pass."),
      held_(counters, "portico_loop_held_total",
            "Times a plugin kept an event loop for 20 ms or more.") {}

void LogJournal::note(const pipeline::Incident& incident) noexcept {
  const std::string_view plugin = libraries_.name_of(incident.plugin);
  if (is_fault(incident.kind)) faults_.add(incident.plugin, plugin);
  if (incident.kind == Kind::Shadowed) shadowed_.add(incident.plugin, plugin);
  std::array<char, 8> status{};
  const auto code = static_cast<unsigned>(incident.status);
  std::snprintf(status.data(), status.size(), "%u", code);
  const std::array<services::Field, 5> fields = {
      services::Field{"place", incident.place},
      services::Field{"turn", pipeline::word(incident.turn)},
      services::Field{"what", incident.what}, services::Field{"request_id", incident.request_id},
      services::Field{"status", status.data()}};
  const std::size_t shown = code == 0 ? fields.size() - 1 : fields.size();
  log_.write(level_of(incident.kind), plugin, sentence(incident.kind),
             std::span(fields).first(shown));
}

void LogJournal::held(std::uint16_t plugin, pipeline::Turn turn,
                      std::chrono::nanoseconds time) noexcept {
  held_.add(plugin, libraries_.name_of(plugin));
  std::array<char, 24> milliseconds{};
  std::snprintf(milliseconds.data(), milliseconds.size(), "%lld",
                static_cast<long long>(time.count() / 1'000'000));
  const std::array fields{services::Field{"turn", pipeline::word(turn)},
                          services::Field{"milliseconds", milliseconds.data()}};
  log_.write(Level::Warning, libraries_.name_of(plugin),
             "holds an event loop; every other client waits", fields);
}

}  // namespace portico::cli
