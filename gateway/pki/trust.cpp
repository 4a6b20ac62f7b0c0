#include "pki/trust.h"

#include "pki/certificate.h"

namespace gw::pki {
namespace {

/// The model writes "without that bound" as zero.
TrustSet::Span span_of(const model::TrustAnchors& anchors) {
  TrustSet::Span span;
  if (anchors.from.count() != 0) span.from = anchors.from;
  if (anchors.until.count() != 0) span.until = anchors.until;
  return span;
}

}  // namespace

Result<Trust> read_trust(const std::vector<model::TrustAnchors>& anchors,
                         const model::Revocation& revocation) {
  Trust trust;
  const auto set = std::make_shared<TrustSet>();
  for (const model::TrustAnchors& each : anchors) GW_TRY(set->add(each.pem, span_of(each)));
  trust.anchors = set;
  std::vector<RevocationList> lists;
  for (const model::RevocationFile& file : revocation.lists) {
    GW_TRY(RevocationList list, RevocationList::read(file.octets));
    lists.push_back(std::move(list));
  }
  if (!lists.empty()) trust.lists = std::make_shared<RevocationLists>(std::move(lists));
  if (revocation.soft_until.count() != 0) trust.policy = RevocationPolicy::soft_until(revocation.soft_until);
  return trust;
}

Result<> look_into_list(Bytes list, std::string_view anchors_pem) {
  GW_TRY(const RevocationList read, RevocationList::read(list));
  GW_TRY(const auto anchors, read_certificates(anchors_pem));
  for (const X509Ptr& anchor : anchors)
    if (read.is_of(anchor.get())) return Done{};
  return Error{ErrorCode::revocation_foreign, "none of the anchors has issued it"};
}

}  // namespace gw::pki
