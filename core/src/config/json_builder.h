// SPDX-License-Identifier: Apache-2.0
// What RapidJSON's reader reports, made into nodes; the part of json_text.cpp that knows no syntax.
// A function that returns false stops the reader, having left its complaint.
#pragma once

#include "base/arena.h"
#include "config/node.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <rapidjson/memorystream.h>
#include <rapidjson/rapidjson.h>

namespace portico::config {

class JsonBuilder {
 public:
  using Size = rapidjson::SizeType;

  JsonBuilder(base::Arena& arena, const rapidjson::MemoryStream& stream) noexcept
      : arena_(arena), stream_(stream) {}

  // NOLINTBEGIN(readability-identifier-naming): the names that RapidJSON calls.
  bool Null();
  bool Bool(bool value);
  bool RawNumber(const char* digits, Size length, bool copy);
  bool String(const char* text, Size length, bool copy);
  bool Key(const char* text, Size length, bool copy);
  bool StartObject();
  bool EndObject(Size members);
  bool StartArray();
  bool EndArray(Size elements);

  // Never called: numbers come as the digits that were written. The reader wants them all the same.
  bool Int(int) { return false; }
  bool Uint(unsigned) { return false; }
  bool Int64(std::int64_t) { return false; }
  bool Uint64(std::uint64_t) { return false; }
  bool Double(double) { return false; }
  // NOLINTEND(readability-identifier-naming)

  /// Requires that the reader reached the end.
  [[nodiscard]] const Node& root() const noexcept { return pending_.front(); }
  /// Why the reader was stopped; empty when it was not.
  [[nodiscard]] const std::string& complaint() const noexcept { return complaint_; }
  [[nodiscard]] std::size_t complaint_offset() const noexcept { return complaint_offset_; }

 private:
  /// A list or map that is not closed yet.
  struct Container {
    std::size_t first;  // Its first child among the pending.
    Mark mark;
  };

  bool complain(std::size_t offset, std::string sentence);
  bool add_text(std::string_view text);
  bool open();
  bool keys_differ(std::span<const Node> keys_and_values);
  bool repeated(const Node& key);
  [[nodiscard]] Mark here() const noexcept;

  base::Arena& arena_;
  const rapidjson::MemoryStream& stream_;
  std::vector<Node> pending_;  // Finished values whose container is still open; keys among them.
  std::vector<Container> open_;
  std::vector<const Node*> sorted_keys_;
  std::string complaint_;
  std::size_t complaint_offset_ = 0;
};

}  // namespace portico::config
