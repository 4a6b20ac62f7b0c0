#pragma once

#include <optional>

#include "pki/handles.h"
#include "pki/revocation.h"

namespace gw::pki {

/// Is this list complete for this certificate (RFC 5280 5.2.4, 5.2.5, 6.3.3 (b))? A list that covers less,
/// makes a critical demand other than its issuing distribution point, or adds to another list leaves a doubt.
std::optional<Doubt> doubt_about_scope(X509_CRL* list, const X509* certificate);

/// Is there an entry with a critical extension? RFC 5280 5.3: then the list must not be used at all.
bool has_entry_with_demand(X509_CRL* list);

}  // namespace gw::pki
