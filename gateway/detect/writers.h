#pragma once

#include "model/record.h"

namespace gw::detect {

/// Is it a record that is listened to, of whom alone may write it (writers.def)? The supervisor says who
/// wrote a record, and for which tenant; what else stands in one is as its writer says.
bool is_listened_to(const model::Record& record);

}  // namespace gw::detect
