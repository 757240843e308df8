// SPDX-License-Identifier: Apache-2.0
// What people write into the forms of an account, on any bytes: what is accepted holds nothing that
// a mail or a path could take for something else, and is accepted again as it was kept.
#include "account/email.h"
#include "account/locale.h"
#include "account/person_name.h"
#include "shared/code_points.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace {

using namespace portico;
using namespace portico::auth;

void expect(bool holds) {
  if (!holds) std::abort();
}

void emails(std::string_view text) {
  const auto email = read_email(text);
  if (!email) return;
  expect(email->text.find_first_of(std::string_view("\0 \t\r\n<>()[],:;\"\\", 16)) ==
         std::string_view::npos);
  expect(std::count(email->text.begin(), email->text.end(), '@') == 1);
  expect(read_email(email->text) == email);
  const auto again = read_email(email->normal);
  expect(again && again->text == email->normal && again->normal == email->normal);
}

void names(std::string_view text) {
  const auto name = read_person_name(text);
  if (!name) return;
  const auto length = count_code_points(*name);
  expect(length && *length >= 1 && *length <= 100);
  expect(std::none_of(name->begin(), name->end(), [](char c) { return c >= 0 && c < ' '; }));
  expect(read_person_name(*name) == name);
}

void places(std::string_view text) {
  if (fault_of_locale(text).empty()) expect(text.size() <= 30);
  if (fault_of_time_zone(text).empty()) expect(text.find('.') == std::string_view::npos);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  emails(text);
  names(text);
  places(text);
  return 0;
}
