// SPDX-License-Identifier: Apache-2.0
#include "api/free_json.h"

#include "shared/refusal.h"

#include <rapidjson/pointer.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

namespace portico::rbac {

FreeFields::FreeFields(std::string_view body) {
  constexpr unsigned Flags = rapidjson::kParseIterativeFlag | rapidjson::kParseFullPrecisionFlag;
  document_.Parse<Flags>(body.data(), body.size());
  if (document_.HasParseError()) {
    throw Refusal(Status::BadRequest, "invalid_json", "A number in the body is too large.");
  }
}

const rapidjson::Value* FreeFields::at(std::string_view pointer) const {
  const rapidjson::Value* const found =
      rapidjson::Pointer(pointer.data(), pointer.size()).Get(document_);
  return found == nullptr || found->IsNull() ? nullptr : found;
}

std::string FreeFields::text(std::string_view pointer) const {
  const rapidjson::Value* const found = at(pointer);
  if (found == nullptr) return {};
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
  found->Accept(writer);
  return {buffer.GetString(), buffer.GetSize()};
}

}  // namespace portico::rbac
