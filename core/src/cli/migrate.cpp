// SPDX-License-Identifier: Apache-2.0
#include "cli/migrate.h"

#include "base/text.h"
#include "cli/loading.h"
#include "cli/migration_listing.h"
#include "plugin/migrations.h"
#include "sql/migrator.h"

#include <charconv>
#include <cstdint>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace portico::cli {
namespace {

using Databases = std::vector<plugin::DatabaseSteps>;

/// PLUGIN=N of `--down-to`.
struct Goal {
  std::string plugin;
  std::uint32_t number = 0;
};

[[nodiscard]] std::optional<Goal> parse_goal(std::string_view text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string_view::npos || equals == 0) return std::nullopt;
  Goal goal{std::string(text.substr(0, equals))};
  const std::string_view digits = text.substr(equals + 1);
  const char* const end = digits.data() + digits.size();
  const auto [rest, error] = std::from_chars(digits.data(), end, goal.number);
  if (digits.empty() || error != std::errc() || rest != end) return std::nullopt;
  return goal;
}

void complain(Console& console, const std::string& sentence) {
  console.error.line("portico migrate: " + sentence, Style::Red);
}

[[nodiscard]] sql::Migrator migrator_of(const plugin::DatabaseSteps& database,
                                        plugin::InertProcess& process) {
  return {database.store->name, database.store->options, process.clock(), process.log()};
}

/// Does it with every database, also when one of them fails.
template <class Work>
ExitCode with_each(const Databases& databases, Console& console, Work work) {
  ExitCode code = ExitCode::Ok;
  for (const plugin::DatabaseSteps& database : databases) {
    try {
      work(database);
    } catch (const sql::MigrationError& error) {
      complain(console, sql::text_of(error));
      code = ExitCode::Unavailable;
    }
  }
  return code;
}

void print_steps(std::string_view verb, const std::string& database,
                 const std::vector<sql::AppliedStep>& steps, Console& console) {
  for (const sql::AppliedStep& step : steps) {
    console.out.line(database + ": " + std::string(verb) + " " + step.owner + " " +
                     std::to_string(step.number) + " (" + step.name + "), " +
                     std::to_string(step.took.count()) + " ms");
  }
}

ExitCode apply(const Databases& databases, plugin::InertProcess& process, Console& console) {
  if (databases.empty()) console.out.line("No plugin of the file uses a database.");
  return with_each(databases, console, [&](const plugin::DatabaseSteps& database) {
    const auto done = migrator_of(database, process).apply(database.owners);
    print_steps("applied", database.store->name, done, console);
    if (done.empty()) console.out.line(database.store->name + ": up to date", Style::Green);
  });
}

enum class Form : std::uint8_t { Table, Json };

ExitCode show(const Databases& databases, plugin::InertProcess& process, Console& console,
              Form form) {
  std::vector<ListedMigration> all;
  const ExitCode code = with_each(databases, console, [&](const plugin::DatabaseSteps& database) {
    auto rows = list_migrations(database, migrator_of(database, process).history());
    all.insert(all.end(), std::make_move_iterator(rows.begin()),
               std::make_move_iterator(rows.end()));
  });
  if (form == Form::Json) {
    console.out.line(migrations_json(all));
  } else {
    print_migrations(all, console.out);
  }
  return code;
}

struct Place {
  const plugin::DatabaseSteps* database = nullptr;
  const sql::OwnedSteps* owned = nullptr;
};

/// Where that plugin has tables: in one database, or in the one of that name.
[[nodiscard]] std::vector<Place> places_of(const Goal& goal, const Databases& databases,
                                           const std::optional<std::string>& name) {
  std::vector<Place> places;
  for (const plugin::DatabaseSteps& database : databases) {
    if (name && database.store->name != *name) continue;
    for (const sql::OwnedSteps& owned : database.owners) {
      if (owned.owner == goal.plugin) places.push_back({&database, &owned});
    }
  }
  return places;
}

ExitCode undo(const Goal& goal, const Databases& databases, const std::optional<std::string>& name,
              plugin::InertProcess& process, Console& console) {
  const std::vector<Place> places = places_of(goal, databases, name);
  if (places.empty()) {
    complain(console, "the file has no plugin " + base::escape_control(goal.plugin) +
                          " with migrations" + (name ? " in that database" : ""));
    return ExitCode::Usage;
  }
  if (places.size() > 1) {
    complain(console, goal.plugin + " has migrations in several databases; say --database NAME");
    return ExitCode::Usage;
  }
  return with_each({*places[0].database}, console, [&](const plugin::DatabaseSteps& database) {
    const auto done = migrator_of(database, process).undo(*places[0].owned, goal.number);
    print_steps("undid", database.store->name, done, console);
    if (done.empty()) console.out.line(database.store->name + ": nothing to undo");
  });
}

ExitCode run(Args& args, Console& console) {
  const std::string path = take_config_path(args);
  const bool status = args.flag("--status");
  const bool as_json = args.flag("--json");
  const std::optional<std::string> down_to = args.option("--down-to");
  const std::optional<std::string> name = args.option("--database");
  if (refuse_leftovers(args, "migrate", console)) return ExitCode::Usage;
  const std::optional<Goal> goal = down_to ? parse_goal(*down_to) : std::nullopt;
  if ((down_to && (!goal || status)) || (as_json && !status) || (name && !down_to)) {
    complain(console, "that does not go together; `portico migrate --help` says what it takes");
    return ExitCode::Usage;
  }
  plugin::InertProcess process;
  const std::unique_ptr<plugin::Edition> edition = load_edition(path, process, console);
  if (edition == nullptr) return ExitCode::Config;
  const Databases databases = plugin::database_steps(edition->generation().instances());
  if (goal) return undo(*goal, databases, name, process, console);
  if (!status) return apply(databases, process, console);
  return show(databases, process, console, as_json ? Form::Json : Form::Table);
}

}  // namespace

const Command MigrateCommand = {
    "migrate", "Brings the tables of the databases up to date, shows them, or takes them back.",
    "Usage: portico migrate [-c FILE]\n"
    "       portico migrate --status [--json] [-c FILE]\n"
    "       portico migrate --down-to PLUGIN=N [--database NAME] [-c FILE]\n"
    "\n"
    "Applies the migrations that the databases lack of the plugins that the file names, each once\n"
    "and in a transaction of its own. `portico run` does the same before anything starts; of\n"
    "several processes that begin at once one goes ahead and the others wait.\n"
    "\n"
    "  --status            what is applied, pending, changed since, or of no plugin of the file\n"
    "  --json              the same as one JSON array\n"
    "  --down-to PLUGIN=N  undoes what that plugin has above N, with its data, the last one "
    "first;\n"
    "                      before an older version of the plugin is installed, and by the newer\n"
    "  --database NAME     where the plugin has tables in several\n"
    "\n"
    "To be run as the user that serves: a SQLite file belongs to who makes it.\n"
    "Exit codes: 0 fine, 64 usage, 69 a database is away or refused, 78 configuration.\n",
    run};

}  // namespace portico::cli
