#include "pki/name_constraints.h"

#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"

namespace gw::pki {
namespace {

using Subtrees = STACK_OF(GENERAL_SUBTREE);

NameConstraintsPtr constraints_of(const X509* certificate) {
  return NameConstraintsPtr(
      static_cast<NAME_CONSTRAINTS*>(X509_get_ext_d2i(certificate, NID_name_constraints, nullptr, nullptr)));
}

std::string lower_text_of(const ASN1_STRING* text) {
  return to_lower({reinterpret_cast<const char*>(ASN1_STRING_get0_data(text)),
                   static_cast<std::size_t>(ASN1_STRING_length(text))});
}

/// RFC 4632: ones, then zeros.
bool is_mask(const unsigned char* octets, int size) {
  bool ended = false;
  for (int i = 0; i < size * 8; ++i) {
    const bool one = (octets[i / 8] >> (7 - i % 8) & 1) != 0;
    if (one && ended) return false;
    ended = !one;
  }
  return true;
}

bool is_range(const ASN1_STRING* octets) {
  const int size = ASN1_STRING_length(octets);
  return (size == 8 || size == 32) && is_mask(ASN1_STRING_get0_data(octets) + size / 2, size / 2);
}

/// Absent is fine, empty is not: SIZE (1..MAX).
bool is_well_formed(const Subtrees* subtrees) {
  if (subtrees == nullptr) return true;
  for (int i = 0; i < sk_GENERAL_SUBTREE_num(subtrees); ++i) {
    const GENERAL_NAME* base = sk_GENERAL_SUBTREE_value(subtrees, i)->base;
    if (base->type == GEN_IPADD && !is_range(base->d.iPAddress)) return false;
  }
  return sk_GENERAL_SUBTREE_num(subtrees) > 0;
}

bool is_well_formed(const NAME_CONSTRAINTS& constraints) {
  const bool says_something =
      constraints.permittedSubtrees != nullptr || constraints.excludedSubtrees != nullptr;
  return says_something && is_well_formed(constraints.permittedSubtrees) &&
         is_well_formed(constraints.excludedSubtrees);
}

/// What stands behind `*.` in the leaf's wildcards.
std::vector<std::string> wildcards_of(const X509* leaf) {
  std::vector<std::string> found;
  const GeneralNamesPtr names(
      static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(leaf, NID_subject_alt_name, nullptr, nullptr)));
  for (int i = 0; names && i < sk_GENERAL_NAME_num(names.get()); ++i) {
    const GENERAL_NAME* name = sk_GENERAL_NAME_value(names.get(), i);
    if (name->type != GEN_DNS) continue;
    const std::string text = lower_text_of(name->d.dNSName);
    if (text.starts_with("*.")) found.push_back(text.substr(2));
  }
  return found;
}

/// Does `*.parent` stand for a name that `excluded` excludes? A wildcard is one label (RFC 9525 6.3), so it
/// does if one label and `parent` make up the excluded name. What lies higher libcrypto has seen.
bool covers(std::string_view parent, std::string_view excluded) {
  if (excluded.starts_with('.')) excluded.remove_prefix(1);
  const std::size_t dot = excluded.find('.');
  return dot != std::string_view::npos && excluded.substr(dot + 1) == parent;
}

bool covers_an_excluded_name(const std::vector<std::string>& wildcards, const Subtrees* excluded) {
  for (int i = 0; !wildcards.empty() && i < sk_GENERAL_SUBTREE_num(excluded); ++i) {
    const GENERAL_NAME* base = sk_GENERAL_SUBTREE_value(excluded, i)->base;
    if (base->type != GEN_DNS) continue;
    const std::string name = lower_text_of(base->d.dNSName);
    for (const std::string& parent : wildcards)
      if (covers(parent, name)) return true;
  }
  return false;
}

}  // namespace

Finding name_constraints_finding(const STACK_OF(X509) * chain) {
  const X509* leaf = sk_X509_value(chain, 0);
  if (X509_get_ext_by_NID(leaf, NID_name_constraints, -1) >= 0)
    return {Fault::malformed, "a leaf has name constraints (RFC 5280 4.2.1.10)"};
  const std::vector<std::string> wildcards = wildcards_of(leaf);
  for (int i = 1; i < sk_X509_num(chain); ++i) {
    const NameConstraintsPtr constraints = constraints_of(sk_X509_value(chain, i));
    if (!constraints) continue;
    if (!is_well_formed(*constraints))
      return {Fault::malformed, "name constraints are not written as they must be (RFC 5280 4.2.1.10)"};
    if (covers_an_excluded_name(wildcards, constraints->excludedSubtrees))
      return {Fault::name_constraint, "a wildcard covers an excluded name (RFC 5280 4.2.1.10)"};
  }
  return {};
}

}  // namespace gw::pki
