#include "pki/list_scope.h"

namespace gw::pki {
namespace {

using ScopePtr = std::unique_ptr<ISSUING_DIST_POINT, Freer<ISSUING_DIST_POINT_free>>;
using PointsPtr = std::unique_ptr<CRL_DIST_POINTS, Freer<CRL_DIST_POINTS_free>>;

bool has_unknown_demand(const X509_CRL* list) {
  for (int i = 0; i < X509_CRL_get_ext_count(list); ++i) {
    X509_EXTENSION* extension = X509_CRL_get_ext(list, i);
    const int kind = OBJ_obj2nid(X509_EXTENSION_get_object(extension));
    if (X509_EXTENSION_get_critical(extension) != 0 && kind != NID_issuing_distribution_point) return true;
  }
  return false;
}

bool share_a_name(const GENERAL_NAMES* some, const GENERAL_NAMES* others) {
  for (int i = 0; i < sk_GENERAL_NAME_num(some); ++i)
    for (int j = 0; j < sk_GENERAL_NAME_num(others); ++j)
      if (GENERAL_NAME_cmp(sk_GENERAL_NAME_value(some, i), sk_GENERAL_NAME_value(others, j)) == 0)
        return true;
  return false;
}

const GENERAL_NAMES* full_name_of(const DIST_POINT_NAME* name) {
  return name != nullptr && name->type == 0 ? name->name.fullname : nullptr;
}

/// 6.3.3 (b)(2)(i): one of the certificate's own distribution points is the list's.
bool points_here(const X509* certificate, const GENERAL_NAMES* here) {
  const PointsPtr points(static_cast<CRL_DIST_POINTS*>(
      X509_get_ext_d2i(certificate, NID_crl_distribution_points, nullptr, nullptr)));
  for (int i = 0; points && i < sk_DIST_POINT_num(points.get()); ++i)
    if (share_a_name(here, full_name_of(sk_DIST_POINT_value(points.get(), i)->distpoint))) return true;
  return false;
}

std::optional<Doubt> doubt_about(const ISSUING_DIST_POINT& scope, const X509* certificate) {
  const bool is_authority = (X509_get_extension_flags(const_cast<X509*>(certificate)) & EXFLAG_CA) != 0;
  if (scope.indirectCRL > 0 || scope.onlyattr > 0) return Doubt::unsupported_kind;
  if (scope.onlysomereasons != nullptr) return Doubt::out_of_scope;
  if ((scope.onlyuser > 0 && is_authority) || (scope.onlyCA > 0 && !is_authority)) return Doubt::out_of_scope;
  if (scope.distpoint == nullptr) return std::nullopt;
  const GENERAL_NAMES* here = full_name_of(scope.distpoint);
  if (here == nullptr) return Doubt::unsupported_kind;
  if (!points_here(certificate, here)) return Doubt::out_of_scope;
  return std::nullopt;
}

}  // namespace

std::optional<Doubt> doubt_about_scope(X509_CRL* list, const X509* certificate) {
  if (X509_CRL_get_ext_by_NID(list, NID_delta_crl, -1) >= 0) return Doubt::unsupported_kind;
  if (has_unknown_demand(list)) return Doubt::unknown_extension;
  int critical = 0;
  const ScopePtr scope(static_cast<ISSUING_DIST_POINT*>(
      X509_CRL_get_ext_d2i(list, NID_issuing_distribution_point, &critical, nullptr)));
  if (!scope) return critical == -1 ? std::nullopt : std::optional(Doubt::unreadable);
  return doubt_about(*scope, certificate);
}

bool has_entry_with_demand(X509_CRL* list) {
  const STACK_OF(X509_REVOKED)* entries = X509_CRL_get_REVOKED(list);
  for (int i = 0; i < sk_X509_REVOKED_num(entries); ++i) {
    const X509_REVOKED* entry = sk_X509_REVOKED_value(entries, i);
    for (int j = 0; j < X509_REVOKED_get_ext_count(entry); ++j)
      if (X509_EXTENSION_get_critical(X509_REVOKED_get_ext(entry, j)) != 0) return true;
  }
  return false;
}

}  // namespace gw::pki
