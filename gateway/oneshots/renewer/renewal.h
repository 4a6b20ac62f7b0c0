#pragma once

#include "est/held.h"
#include "est/timetable.h"
#include "ipc/record_sink.h"
#include "keys/borrowed_key.h"
#include "store.h"
#include "visit.h"

namespace gw::renewer {

/// What a renewal works with. One thread.
struct Means {
  keys::KeyWork& keyd;
  Store& store;
  Visitor& visitor;
  ipc::RecordSink& records;
  const Clock& clock;
  std::string tenant{};
  std::vector<ipc::renewal::Attempt> attempts{};  ///< what came of each that something was tried for
};

/// Keys that a renewal opens at keyd: the one in use, and the next one.
inline constexpr std::size_t kKeysOfOne = 2;

/// One identity, from what there is of it to a new certificate in its place (CRT-03). Everything is kept
/// before anything is built on it, so that it can be cut off anywhere: what was in use stays in use until the
/// next one has been tried, and a next one that was begun is gone on with.
class Renewal {
 public:
  Renewal(Means& means, const model::RenewalOrder::Item& item);

  /// Is there anything to do, so that keys are needed?
  bool has_work() const;
  /// Does it. When to look again, seconds since 1970.
  model::CivilSeconds run();

 private:
  /// A key with the chain that goes with it.
  struct Opened {
    keys::PrivateKeyPtr key{};
    est::Held held{};
  };

  Result<> renew();
  Result<> hand_out_request();
  Result<> read_answer();
  Result<> put_answer_away();
  Error awaits_people() const;
  Error nothing_to_begin_with() const;
  Result<> open_current();
  Result<> take_up_next();
  Result<> make_next();
  Result<> keep_next();
  Result<> get_certificate();
  Result<> take_answer();
  Result<est::Certificates> enrol();
  Result<std::vector<std::uint8_t>> make_request();
  Result<> try_next();
  Result<> meet_as_next();
  Result<> switch_over();
  Result<> tidy_up();
  void clear_leftover();
  Result<> check_next() const;
  std::optional<Credential> shown() const;
  const X509* certificate() const { return certificate_.get(); }
  model::CivilSeconds now() const;
  model::CivilSeconds settle(const Result<>& outcome);

  Means& means_;
  const model::ManagedIdentity& identity_;
  const model::IdentitySlot& slot_;
  pki::X509Ptr certificate_{};  // in use; null: none
  std::optional<pki::Life> life_{};
  est::Spread spread_ = 0;
  Opened current_{}, next_{};
  std::vector<pki::X509Ptr> answer_{};  // what somebody brought
  std::vector<pki::X509Ptr> authorities_{};
};

}  // namespace gw::renewer
