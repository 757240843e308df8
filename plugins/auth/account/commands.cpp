// SPDX-License-Identifier: Apache-2.0
#include "account/commands.h"

#include "account/admin_command.h"
#include "account/user_command.h"

namespace portico::auth {

void add_commands(Registrar& registrar, const AccountSettings& settings,
                  const Host::Service<Permissions>& permissions, Host& host, Sql& sql) {
  registrar.command("admin", "Makes administrators.",
                    [command = AdminCommand(settings, permissions, host, sql)](Args& args) {
                      return command.run(args);
                    });
  registrar.command("user", "Lists, disables and enables users, and has passwords reset.",
                    [command = UserCommand(settings, permissions, host, sql)](Args& args) {
                      return command.run(args);
                    });
}

}  // namespace portico::auth
