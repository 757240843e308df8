// SPDX-License-Identifier: Apache-2.0
#include "password/argon2_form.h"

#include "password/base64.h"
#include "password/cursor.h"

#include <optional>
#include <utility>

namespace portico::auth {
namespace {

constexpr std::string_view Id = "$argon2id$";
constexpr std::string_view I = "$argon2i$";

constexpr std::size_t LeastSalt = 8;
constexpr std::size_t MostSalt = 64;
constexpr std::size_t LeastTag = 16;
constexpr std::size_t MostTag = 64;
constexpr std::size_t MostBase64 = 86;  // 64 bytes of it.

std::optional<Cost> take_cost(Cursor& text) {
  if (!text.take("m=")) return std::nullopt;
  const auto memory = text.take_number();
  if (!memory || !text.take(",t=")) return std::nullopt;
  const auto passes = text.take_number();
  if (!passes || !text.take(",p=")) return std::nullopt;
  const auto lanes = text.take_number();
  if (!lanes || !text.take("$")) return std::nullopt;
  return Cost{*memory, *passes, *lanes};
}

bool within(std::size_t size, std::size_t least, std::size_t most) {
  return size >= least && size <= most;
}

}  // namespace

bool looks_like_argon2(std::string_view text) noexcept {
  return text.starts_with(Id) || text.starts_with(I);
}

std::variant<Argon2Form, HashFault> read_argon2(std::string_view text) {
  Cursor cursor(text);
  Argon2Form form;
  form.variant = cursor.take(Id) ? Argon2Variant::Id : Argon2Variant::I;
  if (form.variant == Argon2Variant::I && !cursor.take(I)) return HashFault::Malformed;
  // Without `v=` the old version would be meant; nobody writes that any more, and who cut it off a
  // hash of today would have a password that never fits.
  const auto version = cursor.take("v=") ? cursor.take_number() : std::nullopt;
  if (!version || !cursor.take("$")) return HashFault::Malformed;
  form.version = *version;
  const auto cost = take_cost(cursor);
  if (!cost) return HashFault::Malformed;
  form.cost = *cost;
  if ((*version != 19 && *version != 16) || !may_be_imported(*cost)) return HashFault::OutOfBounds;

  const std::string_view salt_text = cursor.take_until('$');
  if (!cursor.take("$")) return HashFault::Malformed;
  const std::string_view tag_text = cursor.rest();
  if (salt_text.size() > MostBase64 || tag_text.size() > MostBase64) return HashFault::OutOfBounds;
  auto salt = from_base64(salt_text, Padding::None);
  auto tag = from_base64(tag_text, Padding::None);
  if (!salt || !tag || salt->empty() || tag->empty()) return HashFault::Malformed;
  if (!within(salt->size(), LeastSalt, MostSalt) || !within(tag->size(), LeastTag, MostTag)) {
    return HashFault::OutOfBounds;
  }
  form.salt = *std::move(salt);
  form.tag = *std::move(tag);
  return form;
}

std::string print(const Argon2Form& form) {
  std::string text(form.variant == Argon2Variant::Id ? Id : I);
  text += "v=" + std::to_string(form.version);
  text += "$m=" + std::to_string(form.cost.memory);
  text += ",t=" + std::to_string(form.cost.passes);
  text += ",p=" + std::to_string(form.cost.lanes);
  text += '$' + base64(form.salt);
  text += '$' + base64(form.tag);
  return text;
}

}  // namespace portico::auth
