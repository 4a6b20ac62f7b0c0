#include <algorithm>

#include "browsers/settings.h"
#include "cli/commands.h"
#include "cli/configuration_file.h"
#include "cli/exit_code.h"
#include "cli/output.h"
#include "cli/texts.h"
#include "model/snapshot.h"

namespace gw::cli {
namespace {

/// Where its terminals find the script; empty: nowhere, so it goes into the policy itself.
std::string script_of(const model::Tenant& tenant) {
  if (!tenant.enrolment) return {};
  const model::Endpoint at = tenant.listeners[tenant.enrolment->listener.number()].endpoint;
  const auto& names = tenant.enrolment->shown.server_names;
  const std::string host = names.empty() ? at.to_text() : names.front() + ":" + std::to_string(at.port);
  return "https://" + host + std::string(browsers::kPacPath);
}

std::string settings(const Call& call, const model::Tenant& tenant) {
  const auto doors = model::proxy_doors_of(tenant);
  if (call.told_as == "chromium") return browsers::chromium_policy(doors, script_of(tenant));
  if (call.told_as == "windows") return browsers::windows_policy(doors, script_of(tenant));
  return browsers::pac(doors);
}

}  // namespace

int browser_settings(const Call& call) {
  int code = kOk;
  const auto configuration = usable(call.files[0], call.language, code);
  if (!configuration) return code;
  const auto tenant = std::ranges::find(configuration->tenants, call.files[1], &model::Tenant::name);
  if (tenant == configuration->tenants.end()) {
    complain(said(call.language, Text::browser_no_tenant, {call.files[0], call.files[1]}));
    return kInputMissing;
  }
  if (model::proxy_doors_of(*tenant).empty()) {
    complain(said(call.language, Text::browser_no_door, {tenant->name}));
    return kFailed;
  }
  print(settings(call, *tenant));
  return kOk;
}

}  // namespace gw::cli
