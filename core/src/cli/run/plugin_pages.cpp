// SPDX-License-Identifier: Apache-2.0
#include "cli/run/plugin_pages.h"

#include "base/guard.h"
#include "config/dump.h"
#include "http/header_list.h"

#include <string>

namespace portico::cli {
namespace {

constexpr std::string_view Plugins = "/plugins/";

admin::AdminResponse answer_of(const detail::AdminEntry& entry, Request& request) {
  const Response made = entry.handle(request);
  admin::AdminResponse answer;
  answer.status = static_cast<int>(made.status());
  answer.body = made.body();
  for (const auto& field : detail::HeaderList::of(made.headers()).entries()) {
    answer.headers.emplace_back(field.name, field.value);
  }
  answer.headers.emplace_back("Cache-Control", "no-store");
  answer.headers.emplace_back("X-Content-Type-Options", "nosniff");
  return answer;
}

}  // namespace

admin::Pages::PluginPage plugin_admin_page(const plugin::Generation& generation,
                                           const admin::AdminRequest& request,
                                           admin::Pages::Ask ask) {
  admin::Pages::PluginPage page;
  const std::string_view path = request.path.substr(Plugins.size());
  const std::size_t slash = path.find('/');
  if (slash == std::string_view::npos) return page;
  const plugin::Instance* const instance = generation.find(path.substr(0, slash));
  if (instance == nullptr) return page;
  const std::string_view method = request.method == "HEAD" ? "GET" : request.method;
  for (const detail::AdminEntry& entry : instance->registrations().admin) {
    if (entry.path != path.substr(slash)) continue;
    page.allow += (page.allow.empty() ? "" : ", ") + entry.method;
    if (entry.method == "GET") page.allow += ", HEAD";
    if (ask == admin::Pages::Ask::Whether || entry.method != method) continue;
    page.answer = answer_of(entry, *request.message);
  }
  return page;
}

void write_plugin_state(base::JsonWriter& json, const plugin::Instance& instance) {
  const detail::StatusEntry& status = instance.registrations().status;
  if (!status.tell) return;
  json.key("state");
  bool told = false;
  const auto failure = base::guarded([&] {
    status.tell([&](const void* state) {
      if (std::exchange(told, true)) return;
      config::print(status.schema(), state, json, config::Absent::Omitted);
    });
  });
  if (!told) json.value(std::string_view(failure ? *failure : "nothing was told"));
}

}  // namespace portico::cli
