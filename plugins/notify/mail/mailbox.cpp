// SPDX-License-Identifier: Apache-2.0
#include "mail/address.h"
#include "mail/one_line.h"
#include "shared/ascii.h"
#include "shared/code_points.h"

namespace portico::notify {
namespace {

constexpr std::size_t MostNamed = 100;

bool is_name(std::string_view text) noexcept {
  if (!mail::is_one_line(text)) return false;
  std::size_t count = 0;
  for (; !text.empty(); ++count) {
    const auto point = first_code_point(text);
    // It could show as another address.
    if (turns_direction(point->value)) return false;
    text.remove_prefix(point->bytes);
  }
  return count <= MostNamed;
}

/// What stands between the quotes, where both are there.
std::optional<std::string> without_quotes(std::string_view text) {
  if (text.size() < 2 || text.back() != '"') return std::nullopt;
  text = text.substr(1, text.size() - 2);
  std::string name;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '"') return std::nullopt;
    if (text[i] == '\\' && ++i == text.size()) return std::nullopt;
    name += text[i];
  }
  return name;
}

std::optional<std::string> read_name(std::string_view text) {
  text = without_outer_spaces(text);
  if (text.starts_with('"')) return without_quotes(text);
  if (text.find_first_of("<>\"") != std::string_view::npos) return std::nullopt;
  return std::string(text);
}

}  // namespace

std::optional<Mailbox> Mailbox::parse(std::string_view text) {
  text = without_outer_spaces(text);
  if (!text.ends_with('>')) {
    auto address = Address::parse(text);
    if (!address) return std::nullopt;
    return Mailbox{{}, *std::move(address)};
  }
  text.remove_suffix(1);
  const std::size_t open = text.rfind('<');
  if (open == std::string_view::npos) return std::nullopt;
  auto address = Address::parse(text.substr(open + 1));
  auto name = read_name(text.substr(0, open));
  if (!address || !name || !is_name(*name)) return std::nullopt;
  return Mailbox{*std::move(name), *std::move(address)};
}

}  // namespace portico::notify
