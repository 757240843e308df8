// SPDX-License-Identifier: Apache-2.0
#include "config/json_text.h"

#include "base/text.h"
#include "config/json_builder.h"

#include <algorithm>

#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>

namespace portico::config {
namespace {

/// What RapidJSON calls its errors, in our words.
std::string_view sentence_of(rapidjson::ParseErrorCode code) noexcept {
  switch (code) {
    case rapidjson::kParseErrorDocumentEmpty: return "there is no value";
    case rapidjson::kParseErrorDocumentRootNotSingular: return "something follows the value";
    case rapidjson::kParseErrorValueInvalid: return "no value stands here";
    case rapidjson::kParseErrorObjectMissName: return "a key in double quotes is missing";
    case rapidjson::kParseErrorObjectMissColon: return "a colon is missing after the key";
    case rapidjson::kParseErrorObjectMissCommaOrCurlyBracket: return "a comma or } is missing";
    case rapidjson::kParseErrorArrayMissCommaOrSquareBracket: return "a comma or ] is missing";
    case rapidjson::kParseErrorStringUnicodeEscapeInvalidHex:
      return "\\u needs four hexadecimal digits";
    case rapidjson::kParseErrorStringUnicodeSurrogateInvalid: return "a surrogate has no partner";
    case rapidjson::kParseErrorStringEscapeInvalid: return "there is no such escape";
    case rapidjson::kParseErrorStringMissQuotationMark: return "a string is not closed";
    case rapidjson::kParseErrorNumberTooBig: return "a number is too big";
    case rapidjson::kParseErrorNumberMissFraction: return "digits are missing after the point";
    case rapidjson::kParseErrorNumberMissExponent: return "digits are missing in the exponent";
    default: return "the text is not JSON";
  }
}

JsonFault fault_at(std::string_view text, std::size_t offset, std::string sentence) {
  const std::string_view before = text.substr(0, offset);
  const auto lines = std::count(before.begin(), before.end(), '\n');
  const std::size_t last = before.rfind('\n');
  const std::size_t start = last == std::string_view::npos ? 0 : last + 1;
  return {std::move(sentence), offset, static_cast<std::uint32_t>(lines + 1),
          static_cast<std::uint32_t>(before.size() - start + 1)};
}

}  // namespace

JsonText read_json(std::string_view text, base::Arena& arena) {
  JsonText result;
  // RapidJSON takes a NUL for the end of the text, and would call the rest checked.
  if (const std::size_t nul = text.find('\0'); nul != std::string_view::npos) {
    result.fault = fault_at(text, nul, "there is a NUL character");
    return result;
  }
  if (const auto invalid = base::find_invalid_utf8(text)) {
    result.fault = fault_at(text, *invalid, "there are bytes that are not UTF-8");
    return result;
  }
  rapidjson::MemoryStream stream(text.data(), text.size());
  JsonBuilder builder(arena, stream);
  rapidjson::Reader reader;
  const auto parsed =
      reader.Parse<rapidjson::kParseIterativeFlag | rapidjson::kParseNumbersAsStringsFlag>(stream,
                                                                                           builder);
  if (!builder.complaint().empty()) {
    result.fault = fault_at(text, builder.complaint_offset(), builder.complaint());
  } else if (parsed.IsError()) {
    const std::size_t offset = std::min(parsed.Offset(), text.size());
    // RapidJSON has no code of its own for it.
    const bool bare_control = parsed.Code() == rapidjson::kParseErrorStringEscapeInvalid &&
                              offset < text.size() &&
                              static_cast<unsigned char>(text[offset]) < 0x20;
    result.fault = fault_at(text, offset,
                            bare_control ? "a control character in a string must be escaped"
                                         : std::string(sentence_of(parsed.Code())));
  } else {
    result.root = builder.root();
  }
  return result;
}

}  // namespace portico::config
