// SPDX-License-Identifier: Apache-2.0
#include "account/metadata.h"

#include "shared/ascii.h"

#include <algorithm>
#include <cstddef>
#include <vector>

#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>

namespace portico::auth {
namespace {

constexpr std::size_t MostBytes = 8 * 1024;
constexpr std::size_t MostMembers = 64;
constexpr std::size_t MostDepth = 4;
constexpr std::size_t MostKey = 64;

/// A letter, then letters, digits, `_`, `.` and `-`.
bool is_key(std::string_view key) {
  if (key.empty() || key.size() > MostKey || !is_letter(key.front())) return false;
  const auto fits = [](char c) {
    return is_letter(c) || is_digit(c) || c == '_' || c == '.' || c == '-';
  };
  return std::all_of(key.begin(), key.end(), fits) && key != "constructor" && key != "prototype";
}

/// Stops the reader at the first fault, which it keeps.
class Judge {
 public:
  using Size = rapidjson::SizeType;

  [[nodiscard]] std::string_view fault() const noexcept { return fault_; }

  // NOLINTBEGIN(readability-identifier-naming): the names that RapidJSON calls.
  bool Null() { return scalar(); }
  bool Bool(bool /*value*/) { return scalar(); }
  bool Int(int /*value*/) { return scalar(); }
  bool Uint(unsigned /*value*/) { return scalar(); }
  bool Int64(std::int64_t /*value*/) { return scalar(); }
  bool Uint64(std::uint64_t /*value*/) { return scalar(); }
  bool Double(double /*value*/) { return scalar(); }
  bool RawNumber(const char* /*digits*/, Size /*length*/, bool /*copy*/) { return false; }
  bool String(const char* text, Size length, bool /*copy*/) {
    if (std::string_view(text, length).find('\0') != std::string_view::npos) {
      return refuse("The metadata has a NUL character in it.");
    }
    return scalar();
  }
  bool Key(const char* text, Size length, bool /*copy*/) { return key({text, length}); }
  bool StartObject() { return open(); }
  bool EndObject(Size /*members*/) { return close(); }
  bool StartArray() { return levels_.empty() ? refuse(NoObject) : open(); }
  bool EndArray(Size /*elements*/) { return close(); }
  // NOLINTEND(readability-identifier-naming)

 private:
  static constexpr std::string_view NoObject = "The metadata is one JSON object.";

  bool refuse(std::string_view fault) {
    fault_ = fault;
    return false;
  }
  bool scalar() { return !levels_.empty() || refuse(NoObject); }
  bool open() {
    if (levels_.size() == MostDepth) return refuse("The metadata is nested deeper than 4 levels.");
    levels_.emplace_back();
    return true;
  }
  bool close() {
    levels_.pop_back();
    return true;
  }
  bool key(std::string_view name) {
    if (!is_key(name)) {
      return refuse(
          "A name in the metadata begins with a letter and has up to 64 letters, digits, \"_\", "
          "\".\" and \"-\"; \"constructor\" and \"prototype\" are none.");
    }
    if (++members_ > MostMembers) return refuse("The metadata has more than 64 members.");
    std::vector<std::string>& names = levels_.back();
    if (std::find(names.begin(), names.end(), name) != names.end()) {
      return refuse("The metadata has two members of one name.");
    }
    names.emplace_back(name);
    return true;
  }

  std::vector<std::vector<std::string>> levels_;  // The names in each object that is open.
  std::size_t members_ = 0;
  std::string_view fault_;
};

}  // namespace

std::string fault_of_metadata(std::string_view json) {
  if (json.size() > MostBytes) return "The metadata has more than 8 KiB.";
  // The reader takes one for the end of the text, and what stands behind it would pass unseen.
  if (json.find('\0') != std::string_view::npos) return "The metadata is not JSON.";
  constexpr unsigned Flags = rapidjson::kParseIterativeFlag | rapidjson::kParseValidateEncodingFlag;
  rapidjson::MemoryStream text(json.data(), json.size());
  rapidjson::Reader reader;
  Judge judge;
  if (reader.Parse<Flags>(text, judge)) return {};
  return judge.fault().empty() ? "The metadata is not JSON." : std::string(judge.fault());
}

}  // namespace portico::auth
