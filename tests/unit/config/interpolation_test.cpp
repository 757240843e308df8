// SPDX-License-Identifier: Apache-2.0
// Files and bounds; forms and sentences are in tests/config/interpolation.golden.
#include "config/interpolation.h"

#include "config/document.h"
#include "unit/temporary_folder.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

namespace portico::config {
namespace {

/// One value, filled in.
struct Filled {
  explicit Filled(std::string_view text, Environment::Variables variables = {}) {
    node = Node::scalar({1, 1, 1}, arena.copy(text), Quoting::Quoted);
    interpolate(node, Environment(std::move(variables)), arena, problems);
  }
  base::Arena arena;
  Problems problems;
  Node node;
};

TEST(Interpolation, ReadsAFileAndStripsOneLineEnd) {
  const test::TemporaryFolder folder;
  EXPECT_EQ(Filled("${file:" + folder.write("a", "hush\n\n") + "}").node.text(), "hush\n");
  EXPECT_EQ(Filled("${file:" + folder.write("b", "hush\r\n") + "}").node.text(), "hush");
  EXPECT_EQ(Filled("<${file:" + folder.write("c", "") + "}>").node.text(), "<>");
}

TEST(Interpolation, RemembersWhereAValueCameFrom) {
  const test::TemporaryFolder folder;
  const std::string path = folder.write("a", "hush");
  const Filled file("${file:" + path + "}");
  EXPECT_EQ(file.node.source(), Node::Source::File);
  EXPECT_EQ(file.node.written(), "${file:" + path + "}");
  EXPECT_EQ(Filled("${A}", {{"A", "x"}}).node.source(), Node::Source::Environment);
  EXPECT_EQ(Filled("plain").node.source(), Node::Source::Written);
  const Filled literal("$${A}");
  EXPECT_EQ(literal.node.source(), Node::Source::Written);
  EXPECT_TRUE(literal.node.quoted());
}

TEST(Interpolation, NeverLooksAtWhatItFilledIn) {
  EXPECT_EQ(Filled("${A}", {{"A", "${B} $${C} ${file:/etc/passwd}"}, {"B", "no"}}).node.text(),
            "${B} $${C} ${file:/etc/passwd}");
}

TEST(Interpolation, RefusesFilesThatAreNotSmallAndRegular) {
  const test::TemporaryFolder folder;
  EXPECT_NE(Filled("${file:" + folder.write("big", std::string(65'537, 'x')) + "}")
                .problems.text()
                .find("larger than 64 KiB"),
            std::string::npos);
  EXPECT_FALSE(Filled("${file:" + folder.write("fits", std::string(65'536, 'x')) + "}")
                   .problems.any_error());
  EXPECT_NE(Filled("${file:" + folder.write("nul", std::string(1, '\0')) + "}")
                .problems.text()
                .find("NUL"),
            std::string::npos);
  const std::string pipe = folder.path("pipe");
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  EXPECT_NE(Filled("${file:" + pipe + "}").problems.text().find("not a regular file"),
            std::string::npos);
}

TEST(Interpolation, BoundsWhatIsFilledInAltogether) {
  std::string text;
  for (int count = 0; count < 40; ++count) text += "a" + std::to_string(count) + ": ${BIG}\n";
  Problems problems;
  const Environment environment({{"BIG", std::string(1'000'000, 'x')}});
  const auto document = Document::parse(text, "f.yaml", environment, problems);
  EXPECT_NE(problems.text().find("larger than 16 MiB in all"), std::string::npos);
}

TEST(Interpolation, SaysOnlyOnceThatAValueIsMissing) {
  Filled filled("${NOT_SET}");
  filled.problems.error(filled.node.mark(), "p", "expected a number");
  EXPECT_EQ(filled.problems.size(), 1U);
}

TEST(Interpolation, TellsTheFileOfALoneReference) {
  EXPECT_EQ(file_reference("${file:/a/b}"), "/a/b");
  EXPECT_EQ(file_reference("x${file:/a/b}"), "");
  EXPECT_EQ(file_reference("${file:/a}${file:/b}"), "");
  EXPECT_EQ(file_reference("${A}"), "");
}

}  // namespace
}  // namespace portico::config
