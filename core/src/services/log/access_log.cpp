// SPDX-License-Identifier: Apache-2.0
#include "services/log/access_log.h"

#include <array>
#include <charconv>
#include <utility>

namespace portico::services {
namespace {

constexpr std::chrono::seconds BetweenComplaints{10};

}  // namespace

void AccessWriter::write(const AccessForm& form, const AccessRecord& record) noexcept {
  const std::span<char> room = ring_.room(MaxAccessLine);
  if (!room.empty() && ring_.wrote(form.write(record, time_, room))) hurry_();
  if (ring_.lost() != told_) complain(record.time);
}

void AccessWriter::complain(std::chrono::microseconds time) noexcept {
  if (time - told_at_ < BetweenComplaints) return;
  const std::uint64_t lost = ring_.lost() - std::exchange(told_, ring_.lost());
  told_at_ = time;
  std::array<char, 20> digits;
  char* const end = std::to_chars(digits.begin(), digits.end(), lost).ptr;
  const std::array fields{Field{"lines", std::string_view(digits.begin(), end)}};
  complaints_.write(Level::Warning, "core", "the access log lost lines: they are not taken in time",
                    fields);
}

AccessLog::AccessLog(std::size_t loops, std::function<void()> hurry, LogSink& complaints,
                     std::size_t ring_bytes)
    : hurry_(std::move(hurry)) {
  for (std::size_t i = 0; i < loops; ++i) writers_.emplace_back(hurry_, complaints, ring_bytes);
}

std::uint64_t AccessLog::lost() const noexcept {
  std::uint64_t sum = 0;
  for (const AccessWriter& writer : writers_) sum += writer.lost();
  return sum;
}

std::string_view AccessLog::lines() noexcept {
  for (std::size_t i = 0; i < writers_.size(); ++i) {
    turn_ = (turn_ + 1) % writers_.size();
    if (const std::string_view lines = writers_[turn_].ring_.lines(); !lines.empty()) return lines;
  }
  return {};
}

void AccessLog::taken(std::size_t size) noexcept { writers_[turn_].ring_.taken(size); }

}  // namespace portico::services
