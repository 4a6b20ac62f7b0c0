#include "pki/explanation.h"

#include <cstddef>
#include <iterator>

namespace gw::pki {
namespace {

using F = Fault;

struct Row {
  Fault fault;
  Explanation explanation;
};

/// In the order of the enumeration.
constexpr Row kRows[] = {
    {F::none, {"Nothing is wrong with it.", "RFC 5280 6", "Nothing.", "Nothing."}},
    {F::untrusted,
     {"The chain does not lead to an authority that is trusted here.", "RFC 5280 6.1; SRV-01",
      "Check that the right certificate was installed, and that it was issued for this clinic.",
      "Send the whole chain, leaf first, without gaps; if the authority has changed, have the new one added "
      "to "
      "the anchors."}},
    {F::forged,
     {"A signature in the chain is not that of the authority it names.", "RFC 5280 6.1.3 (a)(1); SRV-01",
      "Do not use the certificate, and tell the vendor: it was damaged, or somebody made it who may not.",
      "Compare the fingerprint with the register; issue anew, and treat it as an incident if nobody damaged "
      "it."}},
    {F::expired,
     {"A certificate in the chain has ended.", "RFC 5280 6.1.3 (a)(2); CRT-05, CRT-08",
      "Ask for a new certificate. If the date is wrong on this device, set the clock first.",
      "Renew it; renewal is due when two thirds of its life are over (CRT-03)."}},
    {F::not_yet_valid,
     {"A certificate in the chain is not valid yet.", "RFC 5280 6.1.3 (a)(2); CRT-08",
      "Check date and time of the box and of whoever made the certificate.",
      "Let certificates begin a few minutes before they are handed out."}},
    {F::malformed,
     {"A certificate in the chain is not written as the standard demands.", "RFC 5280 4; CRT-08",
      "Ask for a new certificate; this one cannot be mended.",
      "Issue it by the profiles in certs/profiles; hand-made ones most often lack the authority key "
      "identifier."}},
    {F::wrong_usage,
     {"The certificate is made for the other side, or for another purpose.", "RFC 5280 4.2.1.12; CRT-02",
      "Check that the terminal has the terminal's certificate and the server the server's.",
      "Issue it with the one extended key usage of its side: clientAuth for terminals, serverAuth for "
      "servers."}},
    {F::weak,
     {"A key or a signature in the chain is too weak, or of a kind that is not taken.",
      "CRT-08; RFC 8446 4.2.3", "Ask for a new certificate with a new key.",
      "Use P-256, P-384, P-521 or RSA of 2048 bits and more, signed with SHA-256, SHA-384 or SHA-512."}},
    {F::too_long,
     {"There are more authorities in the chain than may be.", "RFC 5280 4.2.1.9, 6.1.4 (l)",
      "Ask the vendor for a certificate with a shorter chain.",
      "Use at most three intermediates, and keep to the path length that each authority was given."}},
    {F::name_constraint,
     {"The certificate has a name that its authority may not give.", "RFC 5280 4.2.1.10; SRV-01",
      "Do not use the certificate, and tell the vendor.",
      "Issue it by the authority of that site, or with names inside the authority's constraints."}},
    {F::wrong_name,
     {"The certificate is somebody else's: it does not have the name that was asked for.",
      "RFC 9525 6; SRV-01",
      "Check the server's name in the configuration. If it is right, do not connect: this is not that "
      "server.",
      "Put the server's name into the subject alternative names; a common name does not count."}},
    {F::no_identity,
     {"The certificate names nobody: it has no usable alternative name.", "RFC 5280 4.2.1.6; CRT-08",
      "Ask for a new certificate; a common name does not count.",
      "Put the name into the subject alternative names: for a terminal urn:sekisho:TENANT:TERMINAL."}},
    {F::unpinned,
     {"No key in the chain is one of the pinned ones.", "RFC 7469 2.6; SRV-02",
      "Do not connect before the service's operator has confirmed its new key by another way.",
      "Announce a new key before it is used, and keep one in reserve."}},
    {F::revoked,
     {"The certificate has been revoked.", "RFC 5280 6.3; SRV-03, CRT-04",
      "Do not use it. If the terminal was found again or repaired, ask for a new certificate with a new key.",
      "Unblock it if it was only on hold; otherwise issue a new one for a new key."}},
    {F::status_unknown,
     {"Nothing fresh says whether the certificate has been revoked.", "RFC 5280 6.3.3; SRV-03",
      "Check that the box reaches the list, and date and time of the box.",
      "Publish the next list before the last one ends, and staple OCSP answers."}},
    {F::internal,
     {"The box could not judge it.", "architecture 6.1", "Report it; the certificate may be sound.",
      "Report it with the chain; this is a fault of the product."}},
};

constexpr bool in_order() {
  for (std::size_t i = 0; i < std::size(kRows); ++i)
    if (static_cast<std::size_t>(kRows[i].fault) != i) return false;
  return std::size(kRows) == static_cast<std::size_t>(F::internal) + 1;
}
static_assert(in_order(), "a fault without an explanation, or one out of its place");

}  // namespace

const Explanation& explanation_of(Fault fault) { return kRows[static_cast<std::size_t>(fault)].explanation; }

}  // namespace gw::pki
