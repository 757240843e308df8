// SPDX-License-Identifier: Apache-2.0
#include <portico/stream.h>

#include <string>
#include <string_view>

namespace portico {

namespace {

constexpr std::string_view LineBreaks = "\r\n";

/// What may stand in one line.
[[nodiscard]] std::string_view first_line(std::string_view text) noexcept {
  return text.substr(0, text.find_first_of(LineBreaks));
}

void add_line(std::string& out, std::string_view name, std::string_view value) {
  out += name;
  out += ": ";
  out += value;
  out += '\n';
}

/// CR, LF and CR LF each end a line, to the reader too.
void add_data(std::string& out, std::string_view data) {
  for (;;) {
    const std::size_t end = data.find_first_of(LineBreaks);
    add_line(out, "data", data.substr(0, end));
    if (end == std::string_view::npos) return;
    data.remove_prefix(data.substr(end).starts_with("\r\n") ? end + 2 : end + 1);
  }
}

}  // namespace

bool Events::send(std::string_view data, std::string_view event, std::string_view id) const {
  std::string text;
  text.reserve(data.size() + event.size() + id.size() + 32);
  if (!event.empty()) add_line(text, "event", first_line(event));
  // A reader ignores an id with a NUL.
  if (!id.empty()) add_line(text, "id", first_line(id));
  add_data(text, data);
  text += '\n';
  return feed_.write(text);
}

bool Events::keep_alive() const { return feed_.write(":\n\n"); }

Response Events::response() const {
  Response answer = stream(feed_, "text/event-stream");
  answer.headers().set("Cache-Control", "no-cache");
  return answer;
}

}  // namespace portico
