// SPDX-License-Identifier: Apache-2.0
#include "redis/reply_reader.h"

#include "redis/reply.h"

#include <algorithm>
#include <new>
#include <utility>

#include <hiredis/read.h>

namespace portico::redis {

using detail::RedisNode;
using Kind = RedisValue::Kind;

namespace {

/// hiredis gives its buffer back when it is empty and larger than this: above what a full batch
/// takes, or each batch would allocate.
constexpr std::size_t KeptBuffer = std::size_t{256} * 1024;
constexpr std::size_t KeptTexts = std::size_t{64} * 1024;
constexpr std::size_t KeptValues = 1024;

}  // namespace

/// hiredis wants some object for each value; ours are the notes of the reader itself.
struct ReplyReader::Calls {
  static void* done(const redisReadTask* task, bool noted) noexcept {
    return noted ? task->privdata : nullptr;
  }
  static ReplyReader& of(const redisReadTask* task) noexcept {
    return *static_cast<ReplyReader*>(task->privdata);
  }
  static void* text(const redisReadTask* task, char* bytes, std::size_t size) {
    const Kind kind = task->type == REDIS_REPLY_ERROR ? Kind::Error : Kind::Text;
    return done(task, of(task).note_text(kind, {bytes, size}));
  }
  static void* list(const redisReadTask* task, int items) {
    return done(task, of(task).note({Kind::List, items, 0, 0}));
  }
  static void* integer(const redisReadTask* task, long long value) {
    return done(task, of(task).note({Kind::Integer, value, 0, 0}));
  }
  static void* nothing(const redisReadTask* task) {
    return done(task, of(task).note({Kind::Nothing, 0, 0, 0}));
  }
  static void release(void*) {}

  static redisReplyObjectFunctions table;
};

redisReplyObjectFunctions ReplyReader::Calls::table{text, list, integer, nothing, release};

void ReplyReader::Release::operator()(redisReader* reader) const noexcept {
  redisReaderFree(reader);
}

ReplyReader::ReplyReader() { reset(); }

ReplyReader::~ReplyReader() = default;

void ReplyReader::reset() {
  reader_.reset(redisReaderCreateWithFunctions(&Calls::table));
  if (!reader_) throw std::bad_alloc();
  reader_->privdata = this;
  reader_->maxbuf = KeptBuffer;
  found_.clear();
  texts_.clear();
  complete_ = false;
}

bool ReplyReader::feed(std::string_view bytes) noexcept {
  return redisReaderFeed(reader_.get(), bytes.data(), bytes.size()) == REDIS_OK;
}

bool ReplyReader::note(Found found) noexcept {
  if (found_.size() >= MostBytes / sizeof(Found)) return false;
  try {
    found_.push_back(found);
  } catch (...) {
    return false;
  }
  return true;
}

bool ReplyReader::note_text(Kind kind, std::string_view bytes) noexcept {
  const std::size_t at = texts_.size();
  if (bytes.size() > MostBytes - at) return false;
  try {
    texts_.append(bytes);
  } catch (...) {
    return false;
  }
  return note({kind, 0, at, bytes.size()});
}

ReplyReader::Step ReplyReader::next() noexcept {
  if (std::exchange(complete_, false)) {
    found_.clear();
    texts_.clear();
    if (found_.capacity() > KeptValues) found_ = {};
    if (texts_.capacity() > KeptTexts) texts_ = {};
  }
  void* reply = nullptr;
  if (redisReaderGetReply(reader_.get(), &reply) != REDIS_OK) return Step::Broken;
  if (reply == nullptr) return reader_->len > MostBytes ? Step::Broken : Step::NeedsMore;
  complete_ = true;
  return Step::Reply;
}

/// Values were noted in the order of the wire, each list before its items.
class ReplyReader::Builder {
 public:
  Builder(const ReplyReader& reader, RedisNode* nodes, char* bytes) noexcept
      : reader_(reader), nodes_(nodes), bytes_(bytes) {}

  void fill(RedisNode& node) {
    const Found& found = reader_.found_[next_++];
    node.kind = found.kind;
    if (found.kind == Kind::Text || found.kind == Kind::Error) {
      node.text = {bytes_ + found.at, found.size};
    }
    if (found.kind != Kind::List) {
      node.integer = found.integer;
      return;
    }
    // hiredis reads lists to a depth of seven.
    node.count = static_cast<std::size_t>(found.integer);
    RedisNode* const items = std::exchange(nodes_, nodes_ + node.count);
    node.items = items;
    for (std::size_t i = 0; i < node.count; ++i) fill(*::new (items + i) RedisNode);
  }

 private:
  const ReplyReader& reader_;
  RedisNode* nodes_;
  char* bytes_;
  std::size_t next_ = 0;
};

RedisReply ReplyReader::make(base::Arena* arena) const {
  const std::size_t nodes_size = found_.size() * sizeof(RedisNode);
  auto* const nodes = static_cast<RedisNode*>(reply_room(arena, nodes_size + texts_.size()));
  char* const bytes = reinterpret_cast<char*>(nodes) + nodes_size;
  std::ranges::copy(texts_, bytes);
  auto* const root = ::new (nodes) RedisNode{.on_heap = arena == nullptr};
  Builder(*this, nodes + 1, bytes).fill(*root);
  return detail::RedisAccess::reply(root);
}

}  // namespace portico::redis
