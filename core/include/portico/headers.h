// SPDX-License-Identifier: Apache-2.0
// The header fields of requests and responses as plugins see them, on the thread that serves the
// message, and as long as that is served; and fields that a plugin sets on many answers.
#pragma once

#include <portico/api.h>

#include <cstddef>
#include <optional>
#include <string_view>
#include <utility>

namespace portico {

namespace detail {
struct HeaderList;
struct FixedFields;
}  // namespace detail

/// Fields that many answers get with the same values: checked when they are made, so that setting
/// them costs neither a check nor a copy. Must outlive every message that they were set on, as a
/// member of a plugin does.
class PORTICO_API FixedHeaders {
 public:
  FixedHeaders() noexcept = default;
  FixedHeaders(FixedHeaders&& other) noexcept : fields_(std::exchange(other.fields_, nullptr)) {}
  FixedHeaders& operator=(FixedHeaders&& other) noexcept {
    std::swap(fields_, other.fields_);
    return *this;
  }
  ~FixedHeaders();

  /// Replaces the field of that name, or adds it. Throws std::invalid_argument for a name or value
  /// that could split a message.
  void set(std::string_view name, std::string_view value);
  [[nodiscard]] std::size_t size() const noexcept;

 private:
  friend class Headers;
  detail::FixedFields* fields_ = nullptr;
};

/// Header fields in the order received. Names compare without case. Names and values are checked on
/// write: one that could split a message throws std::invalid_argument.
class PORTICO_API Headers {
 public:
  struct Entry {
    std::string_view name;
    std::string_view value;
  };

  /// The first value of that name.
  [[nodiscard]] std::optional<std::string_view> get(std::string_view name) const noexcept;
  [[nodiscard]] bool has(std::string_view name) const noexcept;
  /// Replaces every field of that name by one.
  void set(std::string_view name, std::string_view value);
  /// Replaces every field of one of those names by the one given, behind the others.
  void set(const FixedHeaders& fields);
  /// Adds one more field.
  void add(std::string_view name, std::string_view value);
  /// Adds a member to a comma-separated field unless it is there (`Vary`).
  void append(std::string_view name, std::string_view member);
  void remove(std::string_view name) noexcept;
  [[nodiscard]] std::size_t size() const noexcept;
  /// Requires index < size().
  [[nodiscard]] Entry operator[](std::size_t index) const noexcept;

  Headers(const Headers&) = delete;
  Headers& operator=(const Headers&) = delete;

 private:
  friend struct detail::HeaderList;
  Headers() noexcept = default;
  ~Headers() = default;
};

}  // namespace portico
