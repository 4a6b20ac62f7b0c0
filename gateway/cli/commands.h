#pragma once

#include "cli/arguments.h"

namespace gw::cli {

int config_check(const Call& call);
int config_show(const Call& call);
int config_diff(const Call& call);
int config_publish(const Call& call);
int status(const Call& call);

}  // namespace gw::cli
