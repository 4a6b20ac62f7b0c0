#pragma once

// Questions and orders to the site's own authority (CRT-07), as handlers put them.

#include "control/web_errands.h"
#include "model/site.h"

namespace gw::control::web {

/// In the administrator's name; nothing comes along.
Result<WebAnswer> order_site(const WebAsk& ask, model::SiteOrder order, std::string_view reason,
                             Finish finish);
Result<model::SiteProduct> product_in(const ipc::Frame& said);

}  // namespace gw::control::web
