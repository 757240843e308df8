// SPDX-License-Identifier: Apache-2.0
#include "plugin/place.h"

#include "base/guard.h"
#include "config/schema_model.h"

#include <stdexcept>

namespace portico::plugin {
namespace {

bool bind(const PlaceSource& source, const PlaceContext& context, Place& place) {
  config::BindContext binding{.problems = context.problems, .path_params = &context.path_params};
  if (source.instance != nullptr) {
    binding.parent = source.instance->settings();
    binding.parent_schema = &source.instance->config_schema();
  }
  const config::Node empty = config::Node::map(source.mark, {});
  const config::Node& node = source.node == nullptr ? empty : *source.node;
  const bool bound = config::bind_object(node, place.settings.schema(), place.settings.get(),
                                         source.path, binding);
  place.needs = std::move(binding.needs);
  return bound;
}

/// Says to the plugin, as long as it lives, which place it makes a rule for.
class Standing {
 public:
  explicit Standing(const PlaceSource& source) : instance_(source.instance) {
    if (instance_ != nullptr) instance_->stands_at(source.home);
  }
  Standing(const Standing&) = delete;
  Standing& operator=(const Standing&) = delete;
  ~Standing() {
    if (instance_ != nullptr) instance_->stands_at({});
  }

 private:
  const Instance* instance_;
};

}  // namespace

OwnedSettings::OwnedSettings(const detail::SettingsType& type)
    : type_(type), settings_(type.create()) {}

Place::Place(const PlaceSource& source)
    : name(source.name),
      plugin(source.instance == nullptr ? "core" : source.instance->name()),
      mark(source.mark),
      path(source.path),
      settings(*source.settings) {}

std::unique_ptr<Place> Place::make(const PlaceSource& source, const PlaceContext& context) {
  std::unique_ptr<Place> place;
  const auto failure = base::guarded([&] {
    place.reset(new Place(source));
    const std::string flaw = place->settings.schema().flaw();
    if (!flaw.empty()) throw std::logic_error(flaw);
    if (!bind(source, context, *place)) {
      place.reset();
      return;
    }
    const Standing standing(source);
    place->rule = (*source.make)(place->settings.get());
  });
  if (failure) {
    context.problems.error(source.mark, source.path,
                           "the plugin refused these settings: " + *failure,
                           "see the documentation of `" + source.name + "`");
    return nullptr;
  }
  return place;
}

}  // namespace portico::plugin
