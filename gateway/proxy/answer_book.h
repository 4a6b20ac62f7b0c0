#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "model/configuration.h"
#include "proxy/dial_client.h"
#include "proxy/records.h"
#include "tls/status_source.h"

namespace gw::proxy {

/// What responders have said about the certificates of one tenant's clouds (SRV-03), kept as it came and
/// across publications. Whoever wants the same answer shares one inquiry. An answer that somebody stands on
/// is asked for again when half of its time is over; a failure is followed by a pause, and told once until it
/// is over. Bounded. One thread; outlives its sources and watches.
class AnswerBook {
 public:
  static constexpr std::size_t kMostEntries = 256;
  /// Of a whole inquiry, and never more than half of what the service gives a handshake.
  static constexpr std::chrono::milliseconds kPatience{5'000};

  /// `news` is called when another answer has come that somebody watches.
  AnswerBook(DialClient& dialer, Records& records, const Clock& clock, std::function<void()> news)
      : dialer_(dialer), records_(records), clock_(clock), news_(std::move(news)) {}
  AnswerBook(const AnswerBook&) = delete;
  AnswerBook& operator=(const AnswerBook&) = delete;

  /// For a service that has a responder.
  tls::StatusSourcePtr source(model::Generation generation, const model::Service& service);
  /// Once a second: asks for what is due.
  void sweep();

 private:
  /// How a service's responder is asked.
  struct Way {
    model::Generation generation{};
    model::ServiceId service{};
    std::string service_name{};
    std::string responder{};  ///< name and port
    std::chrono::milliseconds patience{};
  };
  /// The service with its responder, and the CertID of the certificate: services do not share answers, since
  /// each has a patience and a way of its own.
  using Key = std::pair<std::string, std::vector<std::uint8_t>>;
  struct Entry {
    Way way{};  ///< the latest
    pki::StatusQuestion question{};
    std::vector<std::uint8_t> answer{};
    std::uint64_t answers = 0;
    std::size_t watchers = 0;
    Instant last_used{};
    Instant due{};         ///< for a newer one
    Instant not_before{};  ///< nobody is asked earlier
    std::chrono::seconds pause{};
    bool is_wanted = false;  ///< somebody could not do without
    bool asking = false;
    bool troubled = false;
    Instant give_up{};
    std::optional<DialClient::Inquiry> inquiry{};
    std::vector<sys::Wake*> waiting{};
  };
  class Source;
  class Watch;

  Entry* entry_of(const Way& way, pki::StatusQuestion question);
  bool make_room();
  bool ask(Entry& entry);
  void take(Entry& entry, DialClient::Inquiry::Answer came);
  void keep(Entry& entry, std::vector<std::uint8_t> answer);
  void suffer(Entry& entry, const std::string& why, std::chrono::seconds pause);
  bool is_older(const Entry& entry, Bytes answer) const;
  void tell(EventId id, const Entry& entry, const std::string& detail);
  model::CivilSeconds civil_now() const;

  DialClient& dialer_;
  Records& records_;
  const Clock& clock_;
  std::function<void()> news_;
  std::map<Key, Entry> entries_;
};

}  // namespace gw::proxy
