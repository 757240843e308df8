// SPDX-License-Identifier: Apache-2.0
#include "cli/run/memory_map.h"

#include <charconv>

#include <fcntl.h>
#include <unistd.h>

namespace portico::cli {
namespace {

/// "55d0c8a00000-55d0c8a21000 r-xp 00001000 fe:01 1234   /usr/bin/portico"
struct Line {
  std::uintptr_t begin = 0;
  std::uintptr_t end = 0;
  std::uintptr_t file_offset = 0;
  std::string_view file;
};

/// The hexadecimal number that `text` begins with; it and what follows it at once are cut off.
[[nodiscard]] std::uintptr_t take_number(std::string_view& text) noexcept {
  std::uintptr_t number = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number, 16);
  text.remove_prefix(static_cast<std::size_t>(stop - text.data()));
  if (!text.empty()) text.remove_prefix(1);
  return number;
}

[[nodiscard]] Line parse(std::string_view text) noexcept {
  Line line;
  line.begin = take_number(text);
  line.end = take_number(text);
  text.remove_prefix(std::min(text.find(' '), text.size()));  // The rights.
  if (!text.empty()) text.remove_prefix(1);
  line.file_offset = take_number(text);
  const std::size_t file = text.find('/');
  if (file != std::string_view::npos) line.file = text.substr(file);
  return line;
}

}  // namespace

void MemoryMap::read() noexcept {
  size_ = 0;
  const int file = ::open("/proc/self/maps", O_RDONLY | O_CLOEXEC);
  if (file < 0) return;
  for (ssize_t got = 1; got > 0 && size_ < text_.size();) {
    got = ::read(file, text_.data() + size_, text_.size() - size_);
    if (got > 0) size_ += static_cast<std::size_t>(got);
  }
  ::close(file);
}

MemoryMap::Place MemoryMap::find(std::uintptr_t address) const noexcept {
  Line first;  // Of the file that the present line is of.
  std::string_view rest(text_.data(), size_);
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    const Line line = parse(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (line.file_offset == 0 || line.file != first.file) first = line;
    if (address < line.begin || address >= line.end) continue;
    if (line.file.empty()) return {};
    return {line.file, address - first.begin + first.file_offset};
  }
  return {};
}

}  // namespace portico::cli
