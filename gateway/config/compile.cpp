#include "config/compile.h"

#include <string>
#include <utility>

#include "config/compilation.h"
#include "config/load.h"
#include "config/names.h"
#include "config/source.h"
#include "model/operations_centre.h"

namespace gw::config {
namespace {

/// A session must not come back to the box. Elsewhere W8 sees to it already; loopback has both sides.
void refuse_loops(Compilation& compilation, const RootKeys& keys) {
  for (const auto& tenant : keys.tenants->items)
    for (const auto& service : tenant->services->items) {
      const UpstreamKeys& upstream = *service->upstream;
      const auto port = static_cast<std::uint16_t>(upstream.port->value);
      for (const auto& address : upstream.addresses->items)
        if (address && upstream.port && compilation.listener_endpoints.claimed({address->value, port}))
          compilation.problems.add(address.at, ErrorCode::config_address_conflict,
                                   "a listener of this box is at " + in_quotes(address->value.to_text()) +
                                       " port " + std::to_string(port) +
                                       "; name the cloud service's own address");
    }
}

/// Records and keyd tell tenants apart by their names.
void refuse_reserved(const RootKeys& keys, Problems& problems) {
  for (const auto& tenant : keys.tenants->items)
    if (tenant->name && tenant->name->value == model::kNocOwner)
      problems.add(tenant->name.at, ErrorCode::config_name_repeated,
                   in_quotes(model::kNocOwner) +
                       " stands for the box's own way to the operations centre; call the tenant otherwise");
}

model::Configuration compile_keys(const RootKeys& keys, const Surroundings& surroundings,
                                  Problems& problems) {
  Compilation compilation{surroundings, problems, Shelf(surroundings.read, problems), keys.network};
  model::Configuration configuration;
  configuration.generation = surroundings.generation;
  take(keys.site, configuration.site);
  take(keys.second_person, configuration.second_person);
  compile_network(compilation);
  for (const auto& tenant : keys.tenants->items)
    for (const auto& identity : tenant->identities->items)
      if (tenant->name && identity->name)
        compilation.identity_owners.emplace(identity->name->value, tenant->name->value);
  Names names(problems, "tenant");
  names.add_all(keys.tenants);
  refuse_reserved(keys, problems);
  for (std::size_t i = 0; i < keys.tenants->items.size(); ++i)
    configuration.tenants.push_back(
        compile_tenant(compilation, model::TenantId(static_cast<std::uint16_t>(i)), *keys.tenants->items[i]));
  refuse_loops(compilation, keys);
  configuration.network = std::move(compilation.network);
  check_served(configuration, keys, problems);
  if (keys.management)
    configuration.management = compile_management(compilation, keys.management, configuration);
  if (keys.backup) configuration.backup = compile_backup(compilation, keys.backup);
  if (keys.noc) configuration.noc = compile_noc(compilation, keys.noc);
  take(keys.update->window, configuration.update_window);
  return configuration;
}

Compiled refused(ErrorCode code, std::string text) {
  return {std::nullopt, {{{}, code, Severity::error, std::move(text)}}, 1};
}

}  // namespace

Compiled compile(std::string_view text, const Surroundings& surroundings) {
  Problems problems;
  Compiled compiled;
  const auto tree = read_source(text, problems);
  if (tree) {
    if (const auto keys = load(*tree, problems))
      compiled.configuration = compile_keys(*keys, surroundings, problems);
  } else if (problems.errors() == 0) {
    problems.add({1, 1}, ErrorCode::config_version, "the file is empty; begin it with `version: 1`");
  }
  compiled.errors = problems.errors();
  compiled.problems = problems.take();
  if (compiled.errors > 0) compiled.configuration.reset();
  return compiled;
}

Compiled compile_file(int file, const Surroundings& surroundings) {
  return compile_read(read_file(file, kMaxSource), surroundings);
}

Compiled compile_read(const Result<std::string>& text, const Surroundings& surroundings) {
  if (text) return compile(*text, surroundings);
  const bool too_large = text.error().code == ErrorCode::file_too_large;
  return refused(too_large ? ErrorCode::config_too_large : ErrorCode::config_unreadable,
                 "the configuration cannot be read: " + text.error().detail);
}

}  // namespace gw::config
