// SPDX-License-Identifier: Apache-2.0
// The head of a request. However its bytes are cut the verdict is the same, nothing points outside
// of them, and what was read and is written for an upstream is read there as the same request. The
// first byte tells the cut.
#include "base/arena.h"
#include "http/h1/head_writer.h"
#include "http/h1/hop_by_hop.h"
#include "unit/http/h1/reading.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

using namespace portico;
using namespace portico::http::h1;

constexpr HeadLimits Small{1024, 256, 12};

void require(bool holds) {
  if (!holds) std::abort();
}

bool within(std::string_view part, std::string_view whole) {
  return part.empty() ||
         (part.data() >= whole.data() && part.data() + part.size() <= whole.data() + whole.size());
}

/// The fields that go on to an upstream, Host and framing left out.
std::string end_to_end(std::span<const Headers::Entry> fields) {
  std::string text;
  for (const Headers::Entry& field : fields) {
    const bool own = detail::same_name(field.name, "host") ||
                     detail::same_name(field.name, "content-length") || is_hop_by_hop(field.name) ||
                     connection_lists(fields, field.name);
    if (!own) text += told({&field, 1});
  }
  return text;
}

std::string asked(const RequestHead& head) {
  const std::string_view path = head.path.empty() ? "/" : head.path;
  std::string text(head.method);
  text.append(" ").append(path).append("?").append(head.query).append(" ").append(head.host);
  return text.append(" ").append(told(head.body)).append(end_to_end(head.fields));
}

void send_on(const RequestHead& head) {
  // An HTTP/1.0 client may name no host; an upstream is then told its own.
  if (head.host.empty()) return;
  const RequestFraming framing{.method = head.method,
                               .path = head.path.empty() ? "/" : head.path,
                               .query = head.query,
                               .host = head.host,
                               .body = head.body,
                               .keep_alive = head.keep_alive,
                               .upgrade = head.upgrade};
  base::Arena arena;
  detail::HeaderList list(arena);
  for (const Headers::Entry& field : head.fields) list.add_received(field.name, field.value);
  strip_hop_by_hop(list);
  require(end_to_end(list.entries()) == end_to_end(head.fields));
  // With the client's Connection before it or without, the writer lets the same through.
  const HeadWriter stripped(framing, list.entries());
  const HeadWriter writer(framing, head.fields);
  require(stripped.size() == writer.size());
  std::string text(writer.size(), '\0');
  require(writer.write(text.data()) == text.data() + text.size());
  RequestParser again({});
  require(again.parse(text) == Parsed::Done && again.size() == text.size());
  require(asked(again.head()) == asked(head));
  require(again.head().keep_alive == head.keep_alive || !head.upgrade.empty());
  require(again.head().upgrade == head.upgrade);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data + 1), size - 1);
  Requests whole(Small);
  const Reading reading = reading_of(whole, whole.parse(bytes));
  Requests cut(Small);
  require(read_in_pieces(cut, bytes, std::size_t{1} + data[0]) == reading);
  Requests growing(Small);
  Parsed parsed = Parsed::More;
  for (std::size_t end = 0; end <= bytes.size() && parsed == Parsed::More; ++end) {
    parsed = growing.parse(bytes.substr(0, end));
  }
  require(reading_of(growing, parsed) == reading);
  if (parsed != Parsed::Done) return 0;
  const RequestHead& head = whole.parser.head();
  for (const std::string_view part :
       {head.method, head.path, head.query, head.host, head.upgrade}) {
    require(within(part, bytes));
  }
  for (const Headers::Entry& field : head.fields) {
    require(within(field.name, bytes) && within(field.value, bytes));
  }
  send_on(head);
  return 0;
}
