#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/configuration.h"
#include "pki/handles.h"

namespace gw::pki {

/// Trust anchors, each with the time in which it is trusted, so that an authority can be rolled over: the new
/// one is trusted for a while beside the old one, and the old one ends by itself. Which are in force is a
/// pure function of the time; the certificates' own validity counts besides, when a chain is judged.
class TrustSet {
 public:
  /// From `from` on, before `until`; seconds since 1970. Without bounds: always.
  struct Span {
    model::CivilSeconds from = model::CivilSeconds::min();
    model::CivilSeconds until = model::CivilSeconds::max();
    bool holds(model::CivilSeconds now) const { return from <= now && now < until; }
  };

  /// Every certificate of the PEM text becomes an anchor for that span. The same certificate may be added
  /// again with another span. certificate.unreadable; trust.span_empty.
  Result<> add(std::string_view pem, Span span);

  /// Nobody is trusted, at any time.
  bool empty() const { return anchors_.empty(); }
  /// The anchors in force, borrowed.
  std::vector<X509*> at(model::CivilSeconds now) const;
  /// A store of them alone, never the system's (SRV-01); empty if none is in force, which believes nobody.
  X509StorePtr store_at(model::CivilSeconds now) const;
  /// The last moment at which at() changed before it became what it is now; nothing if it always was.
  std::optional<model::CivilSeconds> last_change(model::CivilSeconds now) const;
  /// The next moment at which at() changes; nothing if it never does again. Verdicts given before then do not
  /// outlive it.
  std::optional<model::CivilSeconds> next_change(model::CivilSeconds now) const;

 private:
  struct Anchor {
    X509Ptr certificate;
    Span span;
  };
  std::vector<Anchor> anchors_;
};

}  // namespace gw::pki
