// SPDX-License-Identifier: Apache-2.0
// A body. However its bytes are cut it gives the same data and ends at the same place, and its data
// in chunks of our own are the same body. The first byte tells the cut, the second the length, or
// that there are chunks.
#include "http/h1/body_decoder.h"
#include "http/h1/body_writer.h"
#include "http/h1/trailers.h"
#include "loop/output.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace portico::http::h1;
using Kind = BodyFraming::Kind;

void require(bool holds) {
  if (!holds) std::abort();
}

struct Decoded {
  Parsed state = Parsed::More;
  Parsed closed = Parsed::More;  ///< What the end of the connection means at that place.
  std::string data;
  std::string trailers;
  std::size_t used = 0;

  bool operator==(const Decoded&) const = default;
};

Decoded decode(std::string_view bytes, BodyFraming framing, std::size_t step) {
  BodyDecoder decoder;
  decoder.begin(framing);
  Decoded decoded;
  do {
    const std::string_view slice = bytes.substr(decoded.used, step);
    const std::vector<char> copy(slice.begin(), slice.end());
    const std::uint64_t before = decoder.remaining();
    const auto piece = decoder.next({copy.data(), copy.size()});
    require(piece.used <= copy.size() && piece.data.size() <= before);
    // What is neither used nor refused would be waited for without end.
    require(piece.used > 0 || piece.state != Parsed::More || copy.empty());
    decoded.data.append(piece.data);
    decoded.trailers.append(piece.trailers);
    decoded.used += piece.used;
    decoded.state = piece.state;
  } while (decoded.state == Parsed::More && decoded.used < bytes.size());
  decoded.closed = decoder.close();
  return decoded;
}

void write_again(const Decoded& whole) {
  portico::loop::Output out;
  BodyWriter writer;
  writer.begin(true);
  for (std::size_t at = 0; at < whole.data.size(); at += 100) {
    writer.copy(std::string_view(whole.data).substr(at, 100), out);
  }
  writer.end(out, whole.trailers);
  const std::string_view text = out.pieces()[0];
  const Decoded again = decode(text, {Kind::Chunked, 0}, text.size());
  require(again.state == Parsed::Done && again.data == whole.data && again.used == text.size());
  // What has passed once passes as it is.
  portico::loop::Output twice;
  write_trailers(again.trailers, twice);
  require(twice.pieces()[0] == again.trailers);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data + 2), size - 2);
  BodyFraming framing{Kind::Chunked, 0};
  if (data[1] == 1) framing = {Kind::UntilClose, 0};
  if (data[1] == 2) framing = {Kind::None, 0};
  if (data[1] > 127) framing = {Kind::Length, data[1] - 128U};
  const Decoded whole = decode(bytes, framing, bytes.size());
  const Decoded cut = decode(bytes, framing, std::size_t{1} + data[0]);
  require(cut.state == whole.state && cut.closed == whole.closed && cut.data == whole.data);
  require(cut.trailers == whole.trailers);
  require(whole.state != Parsed::Done || cut.used == whole.used);
  if (whole.state == Parsed::Done) write_again(whole);
  return 0;
}
