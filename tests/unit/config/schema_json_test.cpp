// SPDX-License-Identifier: Apache-2.0
#include "config/schema_json.h"

#include "config/json_text.h"

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace portico::config {
namespace {

using namespace std::chrono_literals;

enum class Switch : std::uint8_t { Off, On };

struct Tree {
  std::string name;
  std::vector<Tree> below;
  static void describe(Schema<Tree>& s) {
    s.summary("A tree.");
    s.field("name", &Tree::name, "Its name.").required().min(1).max(9);
    s.field("below", &Tree::below, "Below it.").max(4);
  }
};

struct Target {
  std::string host;
  std::uint16_t port = 80;
  static void describe(Schema<Target>& s) {
    s.field("host", &Target::host, "Where.").required();
    s.field("port", &Target::port, "Which port.");
    s.shorthand("host");
  }
};

struct Sample {
  Switch log = Switch::Off;
  std::chrono::milliseconds per = 1min;
  Bytes size{1024};
  std::optional<Target> target;
  Secret key;
  int old = 0;
  std::map<std::string, Cidr> nets;
  static void describe(Schema<Sample>& s) {
    s.summary("A sample.");
    s.field("log", &Sample::log, "A log.").names({{"off", Switch::Off}, {"json", Switch::On}});
    s.field("per", &Sample::per, "A window.").min(1s).max(1h).example("10s");
    s.field("size", &Sample::size, "An amount.").max(Bytes{4096}).restart();
    s.field("target", &Sample::target, "A target.");
    s.field("key", &Sample::key, "A key.");
    s.field("old", &Sample::old, "As it was.").deprecated("per", "2.0");
    s.field("nets", &Sample::nets, "Networks.").min(1);
    s.rule("`size` fits `per`", [](const Sample&) { return true; });
  }
};

/// A value inside the schema: the texts of `path` are keys, or digits for items.
class Tool {
 public:
  explicit Tool(std::string_view schema) : json_(read_json(schema, arena_)) {}

  [[nodiscard]] bool valid() const { return json_.valid(); }
  [[nodiscard]] std::string at(std::initializer_list<std::string_view> path) const {
    const Node* node = &json_.root;
    for (const std::string_view step : path) {
      if (node->is_list()) {
        const auto index = static_cast<std::size_t>(step[0] - '0');
        node = index < node->items().size() ? &node->items()[index] : nullptr;
      } else {
        node = node->find(step);
      }
      if (node == nullptr) return "nothing";
    }
    return flat(*node);
  }

 private:
  static std::string flat(const Node& node) {
    if (node.is_scalar()) return std::string(node.text());
    if (node.is_null()) return "null";
    std::string text;
    for (const Node& item : node.items()) text += (text.empty() ? "" : " ") + flat(item);
    for (const auto& [key, value] : node.entries()) {
      text += (text.empty() ? "" : " ") + std::string(key.text()) + "=" + flat(value);
    }
    return text;
  }

  base::Arena arena_;
  JsonText json_;
};

TEST(SchemaJson, DescribesABody) {
  const Tool schema(object_schema(detail::schema_of<Tree>()));
  ASSERT_TRUE(schema.valid());
  EXPECT_EQ(schema.at({"$schema"}), "https://json-schema.org/draft/2020-12/schema");
  EXPECT_EQ(schema.at({"description"}), "A tree.");
  EXPECT_EQ(schema.at({"type"}), "object");
  EXPECT_EQ(schema.at({"additionalProperties"}), "false");
  EXPECT_EQ(schema.at({"required"}), "name");
  EXPECT_EQ(schema.at({"properties", "name"}),
            "description=Its name. type=string minLength=1 maxLength=9");
  EXPECT_EQ(schema.at({"properties", "below"}),
            "description=Below it. default= type=array null items=$ref=#/$defs/below maxItems=4");
  EXPECT_EQ(schema.at({"$defs", "below", "type"}), "object null");
}

TEST(SchemaJson, SaysWhatTheFileMayHold) {
  const Tool schema(object_schema(detail::schema_of<Sample>(), Notation::Yaml));
  ASSERT_TRUE(schema.valid());
  EXPECT_EQ(schema.at({"description"}), "A sample. `size` fits `per`.");
  EXPECT_EQ(schema.at({"properties", "log"}),
            R"(description=A log. default=off anyOf=enum=off false json type=string pattern=\$\{)");
  EXPECT_EQ(schema.at({"properties", "per", "description"}), "A window. At least 1s. At most 1h.");
  EXPECT_EQ(schema.at({"properties", "per", "default"}), "1m");
  EXPECT_EQ(schema.at({"properties", "per", "examples"}), "10s");
  EXPECT_EQ(schema.at({"properties", "per", "anyOf", "1"}), "const=0");
  EXPECT_EQ(schema.at({"properties", "size", "description"}),
            "An amount. At most 4KiB. A change needs a restart.");
  EXPECT_EQ(schema.at({"properties", "size", "anyOf", "1"}), "type=integer minimum=0 maximum=4096");
  EXPECT_EQ(schema.at({"properties", "target", "$ref"}), "#/$defs/target");
  EXPECT_EQ(schema.at({"$defs", "target", "anyOf", "1"}), "type=string number boolean");
  EXPECT_EQ(schema.at({"$defs", "target", "anyOf", "0", "properties", "port"}),
            R"(description=Which port. default=80 anyOf=type=integer minimum=0 maximum=65535)"
            R"( type=string pattern=\$\{)");
  EXPECT_EQ(schema.at({"properties", "key"}),
            "description=A key. writeOnly=true type=string number boolean");
  EXPECT_EQ(schema.at({"properties", "old", "deprecated"}), "true");
  EXPECT_EQ(schema.at({"properties", "nets", "minProperties"}), "1");
}

struct Use {
  int limit = 1;
  static void describe(Schema<Use>& s) {
    s.field("limit", &Use::limit, "How often.").inherit().required();
  }
};

std::string schema_of_a_file() {
  const PluginSchema core{"", nullptr, {}, {{"respond", &detail::schema_of<Target>()}}};
  const PluginSchema limits{"ratelimit",
                            &detail::schema_of<Sample>(),
                            {{"ratelimit", &detail::schema_of<Use>()}},
                            {{"proxy", &detail::schema_of<Target>()}}};
  const std::vector<PluginSchema> plugins{core, limits};
  return file_schema(FileSchemas::of_core(), plugins);
}

TEST(SchemaJson, MergesCoreWithItsPlugins) {
  const Tool schema(schema_of_a_file());
  ASSERT_TRUE(schema.valid());
  EXPECT_EQ(schema.at({"properties", "plugins", "$ref"}), "#/$defs/plugins");
  EXPECT_EQ(schema.at({"$defs", "plugins", "additionalProperties"}), "type=object required=file");
  const auto plugin = [&schema](std::string_view key) {
    return schema.at({"$defs", "plugins", "properties", "ratelimit", "properties", key});
  };
  EXPECT_THAT(plugin("per"), testing::StartsWith("description=A window."));
  EXPECT_THAT(plugin("use"), testing::EndsWith("$ref=#/$defs/use"));
}

TEST(SchemaJson, LetsAnEntryOfUseBeANameOrAMap) {
  const Tool schema(schema_of_a_file());
  EXPECT_EQ(schema.at({"$defs", "use", "items", "anyOf", "0", "enum"}), "ratelimit");
  EXPECT_EQ(schema.at({"$defs", "use", "items", "anyOf", "1", "required"}), "ratelimit");
  EXPECT_EQ(schema.at({"$defs", "use", "items", "anyOf", "1", "properties", "ratelimit"}),
            "$ref=#/$defs/use.ratelimit");
  EXPECT_THAT(schema.at({"$defs", "use", "items", "anyOf", "1", "properties", "mode"}),
              testing::HasSubstr("enum=enforce shadow"));
  EXPECT_EQ(schema.at({"$defs", "use.ratelimit", "required"}), "nothing");
}

TEST(SchemaJson, GivesARouteExactlyOneEnd) {
  const Tool schema(schema_of_a_file());
  EXPECT_EQ(schema.at({"$defs", "routes", "items", "$ref"}), "#/$defs/route");
  EXPECT_EQ(schema.at({"$defs", "route", "oneOf"}),
            "required=proxy required=respond required=routes");
  EXPECT_THAT(schema.at({"$defs", "route", "properties", "routes"}),
              testing::EndsWith("$ref=#/$defs/routes"));
}

}  // namespace
}  // namespace portico::config
