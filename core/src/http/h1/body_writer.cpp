// SPDX-License-Identifier: Apache-2.0
#include "http/h1/body_writer.h"

#include "http/h1/head_writer.h"
#include "http/h1/trailers.h"

#include <utility>

namespace portico::http::h1 {

void BodyWriter::copy(std::string_view bytes, loop::Output& to) {
  close_chunk(to);
  if (!chunks_) return to.append(bytes);
  char* const room = to.room(chunk_size(bytes.size()));
  to.wrote(write_chunk(bytes, room));
}

void BodyWriter::hold(std::string_view bytes, loop::Output& to) {
  close_chunk(to);
  if (chunks_) {
    to.wrote(write_chunk_head(bytes.size(), to.room(ChunkHeadRoom)));
    open_ = true;
  }
  to.hold(bytes);
}

void BodyWriter::end(loop::Output& to, std::string_view trailers) {
  close_chunk(to);
  if (!chunks_) return;
  if (trailers.empty()) return to.append(LastChunk);
  to.append(LastChunk.substr(0, 3));
  write_trailers(trailers, to);
  to.append(LastChunk.substr(3));
}

void BodyWriter::close_chunk(loop::Output& to) {
  if (std::exchange(open_, false)) to.append(ChunkEnd);
}

}  // namespace portico::http::h1
