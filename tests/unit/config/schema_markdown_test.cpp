// SPDX-License-Identifier: Apache-2.0
#include "config/schema_markdown.h"

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace portico::config {
namespace {

using namespace std::chrono_literals;

enum class By : std::uint8_t { Client, User };

struct Node2 {
  std::string name;
  std::vector<Node2> below;
  static void describe(Schema<Node2>& s) {
    s.field("name", &Node2::name, "Its name.").required();
    s.field("below", &Node2::below, "Those | below.");
  }
};

struct Options {
  int limit = 100;
  std::chrono::milliseconds per = 1min;
  By by = By::Client;
  std::string form = "json";
  Bytes size{1 << 20};
  Secret key;
  std::optional<std::string> title;
  std::vector<std::string> names{"a"};
  std::map<std::string, Node2> pools;
  int old = 1;

  static void describe(Schema<Options>& s) {
    s.field("limit", &Options::limit, "How often.").min(1).max(10).inherit();
    s.field("per", &Options::per, "The window.").min(1s).restart();
    s.field("by", &Options::by, "Whose.")
        .names({{"client", By::Client}, {"user", By::User}})
        .needs("identity", "user");
    s.field("form", &Options::form, "Which form.").one_of({"json", "text"});
    s.field("size", &Options::size, "How much.").max(Bytes{1 << 30});
    s.field("key", &Options::key, "A key.").min(16);
    s.field("title", &Options::title, "A title.").example("Hello");
    s.field("names", &Options::names, "Names.").max(1);
    s.field("pools", &Options::pools, "Pools.");
    s.field("old", &Options::old, "As it was.").deprecated("limit", "2.0");
  }
};

TEST(SchemaMarkdown, TellsEveryOptionInOneRow) {
  EXPECT_EQ(schema_markdown(detail::schema_of<Options>(), "plugins.x."),
            R"(| Key | Type | Default | Meaning |
| --- | --- | --- | --- |
| `plugins.x.limit` | whole number, 1 to 10 | the plugin's | How often. |
| `plugins.x.per` | duration, at least 1s | `1m` | The window. A change needs a restart. |
| `plugins.x.by` | `client`, `user` | `client` | Whose. `user` needs a middleware before it that gives `identity`. |
| `plugins.x.form` | `json`, `text` | `json` | Which form. |
| `plugins.x.size` | amount of bytes, at most 1GiB | `1MiB` | How much. |
| `plugins.x.key` | secret, at least 16 characters |  | A key. |
| `plugins.x.title` | text |  | A title. Example: `Hello`. |
| `plugins.x.names` | list: text, at most 1 item | `["a"]` | Names. |
| `plugins.x.pools` | map: map |  | Pools. |
| `plugins.x.pools.NAME.name` | text | required | Its name. |
| `plugins.x.pools.NAME.below` | list: map |  | Those \| below. |
| `plugins.x.old` | whole number | `1` | Deprecated, goes away in 2.0: write `limit`. As it was. |
)");
}

TEST(SchemaMarkdown, SaysThatThereIsNothingToSet) {
  EXPECT_EQ(schema_markdown(detail::schema_of<NoSettings>()), "Takes no settings.\n");
}

}  // namespace
}  // namespace portico::config
