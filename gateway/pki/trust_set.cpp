#include "pki/trust_set.h"

#include <algorithm>

#include "base/check.h"
#include "pki/certificate.h"

namespace gw::pki {

Result<> TrustSet::add(std::string_view pem, Span span) {
  if (span.until <= span.from)
    return Error{ErrorCode::trust_span_empty, "an anchor's trust ends before it begins"};
  GW_TRY(auto certificates, read_certificates(pem));
  for (X509Ptr& certificate : certificates) anchors_.push_back({std::move(certificate), span});
  return Done{};
}

std::vector<X509*> TrustSet::at(model::CivilSeconds now) const {
  std::vector<X509*> found;
  const auto is_there = [&](const X509* one) {
    return std::any_of(found.begin(), found.end(), [&](const X509* f) { return X509_cmp(f, one) == 0; });
  };
  for (const Anchor& anchor : anchors_)
    if (anchor.span.holds(now) && !is_there(anchor.certificate.get()))
      found.push_back(anchor.certificate.get());
  return found;
}

X509StorePtr TrustSet::store_at(model::CivilSeconds now) const {
  X509StorePtr store(X509_STORE_new());
  GW_CHECK(store, "out of memory");
  for (X509* anchor : at(now)) GW_CHECK(X509_STORE_add_cert(store.get(), anchor) == 1, "out of memory");
  return store;
}

std::optional<model::CivilSeconds> TrustSet::last_change(model::CivilSeconds now) const {
  std::optional<model::CivilSeconds> last;
  for (const Anchor& anchor : anchors_)
    for (const model::CivilSeconds edge : {anchor.span.from, anchor.span.until})
      if (edge <= now && edge != model::CivilSeconds::min() && (!last || edge > *last)) last = edge;
  return last;
}

std::optional<model::CivilSeconds> TrustSet::next_change(model::CivilSeconds now) const {
  std::optional<model::CivilSeconds> next;
  for (const Anchor& anchor : anchors_)
    for (const model::CivilSeconds edge : {anchor.span.from, anchor.span.until})
      if (edge > now && edge != model::CivilSeconds::max() && (!next || edge < *next)) next = edge;
  return next;
}

}  // namespace gw::pki
