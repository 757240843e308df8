// SPDX-License-Identifier: Apache-2.0
#include "cli/schema.h"

#include "cli/loading.h"
#include "config/schema_markdown.h"
#include "plugin/schema_catalog.h"

namespace portico::cli {
namespace {

using config::PluginSchema;

void append_table(std::string& page, std::string_view title, const detail::ObjectSchema& schema,
                  std::string_view prefix = {}) {
  page.append("\n").append(title).append("\n\n");
  if (!schema.summary().empty()) page.append(schema.summary()).append("\n\n");
  page += config::schema_markdown(schema, prefix);
}

void append_terminals(std::string& page, std::string_view level, const PluginSchema& plugin) {
  for (const auto& [key, schema] : plugin.terminals) {
    append_table(page, std::string(level) + " Terminal `" + key + "`", *schema,
                 "routes[]." + key + ".");
  }
}

void append_plugin(std::string& page, const PluginSchema& plugin) {
  const std::string key = "plugins." + plugin.name;
  append_table(page, "## Plugin `" + plugin.name + "`", *plugin.config, key + ".");
  for (const auto& [name, schema] : plugin.middlewares) {
    append_table(page, "### In `use`: `" + name + "`", *schema);
  }
  append_terminals(page, "###", plugin);
}

/// The option tables of the docs.
std::string reference(const std::vector<PluginSchema>& plugins) {
  const auto core = config::FileSchemas::of_core();
  std::string page = "# Reference\n\nMade by `portico schema --markdown`; do not edit.\n";
  append_table(page, "## The file", core.settings);
  append_table(page, "## A route", core.route_keys, "routes[].");
  append_terminals(page, "##", plugins.front());
  append_table(page, "## Beside a middleware in `use`", core.use_siblings);
  append_table(page, "## Beside a plugin's settings", core.plugin_keys, "plugins.NAME.");
  for (const PluginSchema& plugin : plugins) {
    if (!plugin.name.empty()) append_plugin(page, plugin);
  }
  return page;
}

ExitCode run(Args& args, Console& console) {
  const std::optional<std::string> file = args.option("-c");
  const bool as_markdown = args.flag("--markdown");
  if (refuse_leftovers(args, "schema", console)) return ExitCode::Usage;
  plugin::InertProcess process;
  plugin::SchemaCatalog catalog(process);
  config::Problems problems;
  if (file) {
    const auto loaded = config::load_settings(*file, config::Environment::of_process(), problems);
    if (loaded) catalog.add_named(loaded->settings.plugins, problems);
  }
  catalog.add_installed(problems);
  print_problems(problems, console.error, "the schema is made all the same");
  console.out.print(as_markdown
                        ? reference(catalog.schemas())
                        : config::file_schema(config::FileSchemas::of_core(), catalog.schemas()));
  return ExitCode::Ok;
}

}  // namespace

const Command SchemaCommand = {
    "schema", "Prints the JSON Schema of the file, with every installed plugin's part.",
    "Usage: portico schema [-c FILE] [--markdown]\n"
    "\n"
    "Prints one JSON Schema (draft 2020-12) made from core and every installed plugin. Editors "
    "use\n"
    "it: for VS Code, put this line at the top of the file:\n"
    "  # yaml-language-server: $schema=portico.schema.json\n"
    "\n"
    "  -c FILE      with the plugins that FILE names by `file:` too\n"
    "  --markdown   the option tables of the documentation instead\n",
    run};

}  // namespace portico::cli
