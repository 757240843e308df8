// SPDX-License-Identifier: Apache-2.0
// Where log records go. Everything that logs takes a `LogSink&`; the process has one `Log`, tests
// have a `CapturingSink`. Called on any thread; never blocks, never throws. What a record says is
// the caller's matter: secrets must not reach it. Keys are literals; values and messages may be
// hostile.
#pragma once

#include <portico/host.h>

#include <span>
#include <string_view>

namespace portico::services {

/// One more member of a record. "time", "level", "component" and "message" are taken.
struct Field {
  std::string_view key;
  std::string_view value;
};

struct LogSink {
  virtual void write(Level level, std::string_view component, std::string_view message,
                     std::span<const Field> fields) noexcept = 0;

  void write(Level level, std::string_view component, std::string_view message) noexcept {
    write(level, component, message, std::span<const Field>());
  }

 protected:
  ~LogSink() = default;
};

}  // namespace portico::services
