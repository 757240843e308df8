// SPDX-License-Identifier: Apache-2.0
#include "http/header_list.h"

#include "base/text.h"
#include "http/h1/characters.h"

#include <algorithm>
#include <limits>
#include <stdexcept>
#include <string>

namespace portico::detail {

namespace {

void check_name(std::string_view name) {
  if (!is_token(name)) {
    throw std::invalid_argument("\"" + base::escape_control(name) +
                                "\" is no name of a header field");
  }
}

void check_value(std::string_view name, std::string_view value) {
  if (!is_field_value(value)) {
    throw std::invalid_argument("the value of header field \"" + std::string(name) +
                                "\" holds a control character: \"" + base::escape_control(value) +
                                "\"");
  }
}

}  // namespace

bool is_token(std::string_view text) noexcept {
  const char* const end = text.data() + text.size();
  return !text.empty() && http::h1::skip_token(text.data(), end) == end;
}

bool is_field_value(std::string_view text) noexcept {
  const char* const end = text.data() + text.size();
  return http::h1::skip_text(text.data(), end) == end;
}

bool same_name(std::string_view left, std::string_view right) noexcept {
  return left.size() == right.size() && base::iequals(left, right);
}

void HeaderList::add_received(std::string_view name, std::string_view value) {
  if (count == capacity) {
    const std::uint32_t room = capacity == 0 ? 16 : capacity * 2;
    auto* const larger = arena->array<Entry>(room);
    std::uninitialized_copy_n(fields, count, larger);
    fields = larger;
    capacity = room;
  }
  ::new (fields + count) Entry{name, value};
  ++count;
}

bool HeaderList::replace(std::string_view name, std::string_view value) noexcept {
  const auto named = [name](const Entry& entry) { return same_name(entry.name, name); };
  Entry* const end = fields + count;
  Entry* const first = std::find_if(fields, end, named);
  if (first == end) return false;
  first->value = value;
  count = static_cast<std::uint32_t>(std::remove_if(first + 1, end, named) - fields);
  return true;
}

void HeaderList::put(std::string_view name, std::string_view value) {
  if (!replace(name, value)) add_received(name, value);
}

const FixedField* FixedFields::find(std::string_view name) const noexcept {
  if (((lengths >> (name.size() % 64)) & 1) == 0) return nullptr;
  for (const FixedField& field : list) {
    if (same_name(field.name, name)) return &field;
  }
  return nullptr;
}

void HeaderList::clear() noexcept {
  fields = nullptr;
  count = 0;
  capacity = 0;
}

}  // namespace portico::detail

namespace portico {

using detail::HeaderList;

FixedHeaders::~FixedHeaders() { delete fields_; }

void FixedHeaders::set(std::string_view name, std::string_view value) {
  detail::check_name(name);
  detail::check_value(name, value);
  if (fields_ == nullptr) fields_ = new detail::FixedFields();
  std::erase_if(fields_->list,
                [name](const auto& field) { return detail::same_name(field.name, name); });
  fields_->list.push_back({std::string(name), std::string(value)});
  fields_->lengths |= std::uint64_t{1} << (name.size() % 64);
}

std::size_t FixedHeaders::size() const noexcept {
  return fields_ == nullptr ? 0 : fields_->list.size();
}

std::optional<std::string_view> Headers::get(std::string_view name) const noexcept {
  for (const Entry& entry : HeaderList::of(*this).entries()) {
    if (detail::same_name(entry.name, name)) return entry.value;
  }
  return std::nullopt;
}

bool Headers::has(std::string_view name) const noexcept { return get(name).has_value(); }

void Headers::set(std::string_view name, std::string_view value) {
  detail::check_name(name);
  detail::check_value(name, value);
  HeaderList& list = HeaderList::of(*this);
  const std::string_view kept = list.arena->copy(value);
  if (!list.replace(name, kept)) list.add_received(list.arena->copy(name), kept);
}

void Headers::set(const FixedHeaders& fields) {
  if (fields.fields_ == nullptr) return;
  HeaderList& list = HeaderList::of(*this);
  const detail::FixedFields& fixed = *fields.fields_;
  Entry* const end =
      std::remove_if(list.fields, list.fields + list.count,
                     [&fixed](const Entry& entry) { return fixed.find(entry.name) != nullptr; });
  list.count = static_cast<std::uint32_t>(end - list.fields);
  for (const detail::FixedField& field : fixed.list) list.add_received(field.name, field.value);
}

void Headers::add(std::string_view name, std::string_view value) {
  detail::check_name(name);
  detail::check_value(name, value);
  HeaderList& list = HeaderList::of(*this);
  list.add_received(list.arena->copy(name), list.arena->copy(value));
}

namespace {

bool has_member(std::string_view list, std::string_view member) noexcept {
  while (!list.empty()) {
    const std::size_t comma = list.find(',');
    const std::string_view item = base::trim(list.substr(0, comma));
    // `Vary: *` says all that any member could.
    if (item == "*" || base::iequals(item, member)) return true;
    if (comma == std::string_view::npos) break;
    list.remove_prefix(comma + 1);
  }
  return false;
}

}  // namespace

void Headers::append(std::string_view name, std::string_view member) {
  detail::check_name(name);
  detail::check_value(name, member);
  HeaderList& list = HeaderList::of(*this);
  Entry* last = nullptr;
  for (std::uint32_t i = 0; i < list.count; ++i) {
    Entry& entry = list.fields[i];
    if (!detail::same_name(entry.name, name)) continue;
    if (has_member(entry.value, member)) return;
    last = &entry;
  }
  if (last == nullptr) {
    list.add_received(list.arena->copy(name), list.arena->copy(member));
    return;
  }
  if (last->value.empty()) {
    last->value = list.arena->copy(member);
    return;
  }
  const std::size_t size = last->value.size() + 2 + member.size();
  char* const joined = list.arena->array<char>(size);
  char* end = std::copy(last->value.begin(), last->value.end(), joined);
  *end++ = ',';
  *end++ = ' ';
  std::copy(member.begin(), member.end(), end);
  last->value = {joined, size};
}

void Headers::remove(std::string_view name) noexcept {
  HeaderList& list = HeaderList::of(*this);
  Entry* const end =
      std::remove_if(list.fields, list.fields + list.count,
                     [name](const Entry& entry) { return detail::same_name(entry.name, name); });
  list.count = static_cast<std::uint32_t>(end - list.fields);
}

std::size_t Headers::size() const noexcept { return HeaderList::of(*this).count; }

Headers::Entry Headers::operator[](std::size_t index) const noexcept {
  return HeaderList::of(*this).fields[index];
}

}  // namespace portico
