// SPDX-License-Identifier: Apache-2.0
// What a test reads of the gateway and of what came through it.
#include "http/header_list.h"
#include "testing/gateway_state.h"

#include <algorithm>
#include <array>

namespace portico::testing {

namespace {

std::string_view find(const Fields& fields, std::string_view name) noexcept {
  const auto found = std::ranges::find_if(
      fields, [name](const auto& field) { return detail::same_name(field.first, name); });
  return found == fields.end() ? std::string_view() : std::string_view(found->second);
}

constexpr Statement WrittenEvents{"portico.outbox.test",
                                  "SELECT event, key, payload FROM portico_outbox ORDER BY seq"};

/// By Level.
constexpr std::array<std::string_view, 4> Levels{"debug", "info", "warning", "error"};

}  // namespace

std::string_view Reply::header(std::string_view name) const noexcept { return find(headers, name); }

std::string_view Forwarded::header(std::string_view name) const noexcept {
  return find(headers, name);
}

std::uint64_t Gateway::counter(std::string_view name) const {
  return static_cast<std::uint64_t>(state_->metrics.total(name));
}

double Gateway::gauge(std::string_view name) const { return state_->metrics.total(name); }

std::uint64_t Gateway::observed(std::string_view name) const {
  return static_cast<std::uint64_t>(state_->metrics.total(name));
}

std::vector<std::string> Gateway::events() const {
  std::vector<std::string> texts;
  for (const auto& each : state_->events.recent()) texts.push_back(each.name + ' ' + each.data);
  return texts;
}

std::vector<std::string> Gateway::outbox() const {
  std::vector<std::string> lines;
  for (const auto& store : state_->sql.stores()) {
    store->read([&lines](Reader& reader) {
      for (const Row row : reader.query(WrittenEvents)) {
        lines.push_back(std::string(row.text(0)) + ' ' + std::string(row.text(1)) + ' ' +
                        std::string(row.text(2)));
      }
    });
  }
  return lines;
}

void Gateway::publish(std::string_view event, std::initializer_list<EventField> data) {
  state_->events.publish("test", event, data);
}

std::vector<std::string> Gateway::log() const {
  std::vector<std::string> lines;
  for (const auto& record : state_->log.records()) {
    std::string line(Levels[static_cast<std::size_t>(record.level)]);
    line.append(" ").append(record.component).append(": ").append(record.message);
    for (const auto& [key, value] : record.fields) {
      line.append(" ").append(key).append("=").append(value);
    }
    lines.push_back(std::move(line));
  }
  return lines;
}

bool Gateway::logged(std::string_view text) const {
  return std::ranges::any_of(
      log(), [text](const std::string& line) { return line.find(text) != std::string::npos; });
}

}  // namespace portico::testing
