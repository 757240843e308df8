// SPDX-License-Identifier: Apache-2.0
// A sink that keeps what it is given, for tests.
#pragma once

#include "services/log/sink.h"

#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace portico::services {

class CapturingSink final : public LogSink {
 public:
  struct Record {
    Level level;
    std::string component;
    std::string message;
    std::vector<std::pair<std::string, std::string>> fields;
  };

  using LogSink::write;
  void write(Level level, std::string_view component, std::string_view message,
             std::span<const Field> fields) noexcept override {
    Record record{level, std::string(component), std::string(message), {}};
    for (const Field& field : fields) record.fields.emplace_back(field.key, field.value);
    const std::lock_guard lock(mutex_);
    records_.push_back(std::move(record));
  }

  [[nodiscard]] std::vector<Record> records() const {
    const std::lock_guard lock(mutex_);
    return records_;
  }
  /// Whether some message contains `text`.
  [[nodiscard]] bool saw(std::string_view text) const {
    const std::lock_guard lock(mutex_);
    for (const Record& record : records_) {
      if (record.message.find(text) != std::string::npos) return true;
    }
    return false;
  }

 private:
  mutable std::mutex mutex_;
  std::vector<Record> records_;
};

}  // namespace portico::services
