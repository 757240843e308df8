// SPDX-License-Identifier: Apache-2.0
#include "tls/file_watch.h"

#include "tls/openssl.h"
#include "tls/pem_file.h"

#include <utility>

#include <openssl/crypto.h>
#include <sys/stat.h>

namespace portico::tls {

namespace {

std::int64_t nanoseconds(const timespec& time) {
  return std::int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec;
}

}  // namespace

FileWatch::FileWatch(std::vector<std::string> paths) {
  for (std::string& path : paths) {
    const Stamp stamp = stamp_of(path);
    const Digest digest = digest_of(path);
    files_.push_back({std::move(path), stamp, digest});
  }
}

bool FileWatch::changed() {
  bool any = false;
  for (File& file : files_) {
    const Stamp stamp = stamp_of(file.path);
    if (stamp == file.stamp) continue;
    file.stamp = stamp;
    const Digest digest = digest_of(file.path);
    any = any || digest != file.digest;
    file.digest = digest;
  }
  return any;
}

FileWatch::Stamp FileWatch::stamp_of(const std::string& path) {
  struct stat status = {};
  if (::stat(path.c_str(), &status) != 0) return {};
  return {status.st_dev, status.st_ino, status.st_size, nanoseconds(status.st_mtim),
          nanoseconds(status.st_ctim)};
}

FileWatch::Digest FileWatch::digest_of(const std::string& path) {
  Digest digest{};
  auto text = read_text(path);
  if (!text) return digest;
  unsigned int size = 0;
  EVP_Digest(text->data(), text->size(), digest.data(), &size, EVP_sha256(), nullptr);
  clear_errors();
  OPENSSL_cleanse(text->data(), text->size());
  return digest;
}

}  // namespace portico::tls
