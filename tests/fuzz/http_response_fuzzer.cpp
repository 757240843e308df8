// SPDX-License-Identifier: Apache-2.0
// The head of an upstream's response. However its bytes are cut the verdict is the same, and what
// was read and is written for a client is read there with the same status, fields and end. The
// first byte tells the cut and whether HEAD was asked.
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

/// The fields that go on to a client, framing left out.
std::string end_to_end(std::span<const Headers::Entry> fields) {
  std::string text;
  for (const Headers::Entry& field : fields) {
    const bool own = detail::same_name(field.name, "content-length") || is_hop_by_hop(field.name) ||
                     connection_lists(fields, field.name);
    if (!own) text += told({&field, 1});
  }
  return text;
}

void send_on(const ResponseHead& head, std::string_view method) {
  BodyFraming body = head.body;
  if (body.kind == BodyFraming::Kind::None && head.content_length) {
    body = {BodyFraming::Kind::Length, *head.content_length};
  }
  const ResponseFraming framing{.status = Status{head.status},
                                .body = body,
                                .keep_alive = head.keep_alive,
                                .upgrade = head.upgrade};
  const HeadWriter writer(framing, head.fields);
  std::string text(writer.size(), '\0');
  require(writer.write(text.data()) == text.data() + text.size());
  ResponseParser again({});
  require(again.parse(text, method) == Parsed::Done && again.size() == text.size());
  require(again.head().status == head.status);
  require(told(again.head().body) == told(head.body));
  require(end_to_end(again.head().fields) == end_to_end(head.fields));
  require(again.head().upgrade == head.upgrade);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data + 1), size - 1);
  const std::string_view method = (data[0] & 1U) != 0 ? "HEAD" : "GET";
  Responses whole(Small, method);
  const Parsed parsed = whole.parse(bytes);
  const Reading reading = reading_of(whole, parsed);
  Responses cut(Small, method);
  require(read_in_pieces(cut, bytes, std::size_t{1} + data[0] / 2) == reading);
  if (parsed == Parsed::Done) send_on(whole.parser.head(), method);
  return 0;
}
