#include "pki/policies.h"

#include <openssl/err.h>

#include "base/check.h"

namespace gw::pki {
namespace {

using TreePtr = std::unique_ptr<X509_POLICY_TREE, Freer<X509_policy_tree_free>>;
using ObjectsPtr = std::unique_ptr<STACK_OF(ASN1_OBJECT),
                                   decltype([](STACK_OF(ASN1_OBJECT) * s) { sk_ASN1_OBJECT_free(s); })>;

bool constrains_what_it_lacks(const X509* certificate) {
  return X509_get_ext_by_NID(certificate, NID_policy_constraints, -1) >= 0 &&
         X509_get_ext_by_NID(certificate, NID_certificate_policies, -1) < 0;
}

int check(const STACK_OF(X509) * chain) {
  const ObjectsPtr any(sk_ASN1_OBJECT_new_null());
  GW_CHECK(any, "out of memory");
  sk_ASN1_OBJECT_push(any.get(), OBJ_nid2obj(NID_any_policy));
  X509_POLICY_TREE* tree = nullptr;
  int is_explicit = 0;
  const int result = X509_policy_check(&tree, &is_explicit, const_cast<STACK_OF(X509)*>(chain), any.get(), 0);
  const TreePtr owner(tree);
  ERR_clear_error();
  return result;
}

}  // namespace

Finding policies_finding(const STACK_OF(X509) * chain) {
  if (sk_X509_num(chain) < 2) return {};
  for (int i = 0; i + 1 < sk_X509_num(chain); ++i)
    if (constrains_what_it_lacks(sk_X509_value(chain, i)))
      return {Fault::untrusted, "policies are demanded by a certificate without any (RFC 5280 4.2.1.11)"};
  switch (check(chain)) {
    case X509_PCY_TREE_VALID:
    case X509_PCY_TREE_EMPTY:
      return {};
    case X509_PCY_TREE_INVALID:
      return {Fault::malformed, "policies are not written as they must be (RFC 5280 4.2.1.4)"};
    default:
      return {Fault::untrusted, "a demanded policy is missing (RFC 5280 6.1.5 (g))"};
  }
}

}  // namespace gw::pki
