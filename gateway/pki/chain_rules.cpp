#include "pki/chain_rules.h"

#include "pki/alternative_names.h"
#include "pki/form.h"
#include "pki/name_constraints.h"
#include "pki/policies.h"
#include "pki/strength.h"
#include "pki/usage.h"
#include "pki/validity.h"

namespace gw::pki {
namespace {

using Rule = Finding (*)(const X509*);

constexpr Rule kOfAll[] = {strength_finding};
constexpr Rule kBelowTheAnchor[] = {signature_finding, form_finding, validity_finding};

template <std::size_t n>
Finding first_finding(const Rule (&rules)[n], const STACK_OF(X509) * chain, int end) {
  for (int i = 0; i < end; ++i)
    for (const Rule rule : rules)
      if (const Finding found = rule(sk_X509_value(chain, i))) return {found.fault, found.words, i};
  return {};
}

}  // namespace

Finding chain_finding(const STACK_OF(X509) * chain, Peer peer) {
  const int size = sk_X509_num(chain);
  const X509* leaf = sk_X509_value(chain, 0);
  if (const Finding found = first_finding(kOfAll, chain, size)) return found;
  if (const Finding found = first_finding(kBelowTheAnchor, chain, size - 1)) return found;
  if (const Finding found = usage_finding(leaf, peer)) return found;
  if (const Finding found = names_finding(leaf)) return found;
  if (const Finding found = name_constraints_finding(chain)) return found;
  return policies_finding(chain);
}

}  // namespace gw::pki
