#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "ipc/messages/log.h"
#include "proxy/worker.h"
#include "support/loopback.h"
#include "support/manual_clock.h"
#include "support/test_pki.h"
#include "support/tls_peer.h"

namespace gw::support {

/// One tenant's data plane in the test's own thread, with real sockets on loopback: the test plays terminal,
/// dialer and cloud. Time stands still until the test moves it.
class Compartment {
  /// Before anything else asks the library for an algorithm.
  struct ProductsAlgorithms {
    ProductsAlgorithms();
  } algorithms_;

 public:
  Compartment();
  ~Compartment();

  // The world: a tenant "clinic" with terminals t1, t2 and the services "emr" and "labs" on one listener
  // each.
  TestCa terminal_ca = TestCa::root({.name = "terminal ca"});
  TestCa cloud_ca = TestCa::root({.name = "cloud ca"});
  Issued terminal(const std::string& name, CertificateOptions options = {}) const;
  Issued cloud_server(CertificateOptions options = {}) const;

  /// Changes the configuration and puts it in force as the next generation.
  ipc::compartment::Adopted publish(const std::function<void(model::Tenant&)>& change);
  /// What publish() would put in force; nothing changes.
  model::SnapshotPtr snapshot_with(const std::function<void(model::Tenant&)>& change) const;
  model::Tenant& tenant() { return tenant_; }

  /// A terminal that connects to a listener of the tenant.
  TlsPeer connect(const PeerOptions& options, std::size_t listener = 0) const;
  PeerOptions good_terminal(const std::string& name = "t1") const;
  PeerOptions good_cloud() const;
  const model::Endpoint& listener(std::size_t index = 0) const { return listeners_[index].endpoint; }

  /// One round of everything: compartment, dialer, and what the test adds.
  void round();
  /// Rounds until it holds; false after a bounded number.
  bool until(const std::function<bool()>& holds);
  void advance(std::chrono::milliseconds by);
  /// Told when a turn of the box's own code begins (true) and when it is over (false).
  std::function<void(bool)> around_turn;

  /// Has the dialer answer the next questions so; default: connects to the cloud's listener.
  std::optional<model::CloseReason> dial_refusal;
  bool dialer_silent = false;
  std::chrono::milliseconds name_took{0};            ///< of the time in which the dialer connected
  std::optional<model::Endpoint> dialled_instead{};  ///< of the cloud's listener
  int dials = 0;
  /// An inquiry of a responder that reached the dialer.
  struct Inquired {
    std::uint64_t number;
    ipc::dial::Inquire what;
  };
  /// Told of each; without it they are never answered.
  std::function<void(const Inquired&)> responder;
  void answer(const Inquired& inquired, std::vector<std::uint8_t> octets);
  void fail(const Inquired& inquired, ipc::dial::InquiryTrouble trouble);
  int inquiries = 0;
  /// The next connection that reached the cloud.
  std::optional<TlsPeer> accept_cloud(const PeerOptions& options);
  UniqueFd accept_cloud_raw();

  /// Records of a kind, oldest first.
  std::vector<const Event*> records(EventId id) const;
  /// How many of a kind there are by now; of thousands, sooner than records().
  std::size_t count(EventId id) const;
  /// The reasons of all session.closed and session.refused records.
  std::vector<std::string> reasons() const;
  static std::string text(const Event& event, Field field);
  static std::uint64_t number(const Event& event, Field field);

  proxy::Worker& worker() { return *worker_; }
  /// The box's keys: 0 towards terminals, 1 towards clouds. From the next publication on the compartment asks
  /// for signatures over worker().keys(), or has the keys itself.
  std::map<model::KeyId, std::string> key_pems;
  bool keys_elsewhere = false;
  ManualClock clock;

 private:
  void play_dialer();
  void read_records();
  Result<tls::OwnKey> key_of(model::KeyId key, model::TlsRole role);

  std::unique_ptr<sys::Reactor> reactor_;
  std::optional<ipc::RecordSink> sink_;
  std::optional<ipc::Channel> log_;
  std::optional<ipc::Channel> dialer_;
  std::unique_ptr<proxy::Worker> worker_;
  model::Tenant tenant_;
  std::map<model::KeyId, pki::KeyPtr> own_keys_;
  std::vector<LoopbackListener> listeners_;
  LoopbackListener cloud_;
  std::vector<Event> records_;
  std::map<EventId, std::size_t> counts_;
  std::uint64_t generation_ = 0;
};

}  // namespace gw::support
