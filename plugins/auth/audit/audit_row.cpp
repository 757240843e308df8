// SPDX-License-Identifier: Apache-2.0
#include "audit/audit_row.h"

namespace portico::auth::audit {
namespace {

void put(Fields& fields, std::optional<std::string_view> text) {
  if (text) {
    fields.text(*text);
  } else {
    fields.nothing();
  }
}

}  // namespace

Digest hash_of(const Row& row, std::int64_t sequence, const Digest& before) {
  Fields fields;
  fields.text("portico audit 1").bytes(before).number(sequence);
  fields.text(row.text(0)).number(row.integer(1));
  for (std::size_t column = 2; column + 1 < ChainedColumnCount; ++column) {
    put(fields, row.maybe_text(column));
  }
  fields.bytes(row.blob(ChainedColumnCount - 1));
  return sha256(fields.view());
}

Digest digest_of_personal(std::span<const std::byte> salt, std::optional<std::string_view> ip,
                          std::optional<std::string_view> agent,
                          std::optional<std::string_view> pii) {
  Fields fields;
  fields.bytes(salt);
  for (const auto& text : {ip, agent, pii}) put(fields, text);
  return sha256(fields.view());
}

}  // namespace portico::auth::audit
