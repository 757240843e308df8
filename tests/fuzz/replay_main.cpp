// SPDX-License-Identifier: Apache-2.0
// Runs a fuzzer's target once on every file of the named folders: what libFuzzer's own main does
// with a corpus and `-runs=0`, for compilers that have no libFuzzer. The empty input is always run.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

using Bytes = std::vector<std::uint8_t>;

std::vector<std::filesystem::path> files_in(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  if (!std::filesystem::is_directory(folder)) return files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

Bytes contents_of(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

// A copy in a block of its own size lets AddressSanitizer see a read past the end.
void run(const Bytes& input) {
  const Bytes exact(input.begin(), input.end());
  LLVMFuzzerTestOneInput(exact.data(), exact.size());
}

}  // namespace

int main(int argc, char** argv) {
  try {
    run({});
    std::size_t count = 1;
    for (int i = 1; i < argc; ++i) {
      for (const auto& file : files_in(argv[i])) {
        // Said before the run: after a crash the last line names the input.
        std::printf("%s\n", file.filename().c_str());
        std::fflush(stdout);
        run(contents_of(file));
        ++count;
      }
    }
    std::printf("%zu inputs\n", count);
    return 0;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
