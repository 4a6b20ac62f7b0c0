#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <unordered_map>
#include <variant>

#include "ipc/conversation.h"
#include "ipc/messages/proxy_dial.h"
#include "sys/reactor.h"
#include "sys/task.h"

namespace gw::proxy {

/// A socket the dialer connected for us.
struct Dialled {
  UniqueFd fd;
  model::Endpoint remote{};
  std::chrono::milliseconds resolving{0};  ///< how long its name took; zero: it was known
};

/// The proxy's end of its channel to the tenant's dialer: one question, one answer, many at once. Without a
/// dialer every question fails with upstream_unavailable, and every inquiry with `unavailable`. One thread.
class DialClient {
 public:
  using Answer = std::variant<Dialled, model::CloseReason>;

  /// One question under way; the answer is signalled to its Wake. Forgotten when it goes.
  class Question {
   public:
    Question(DialClient& client, sys::Wake& wake) : client_(client), wake_(wake) {}
    Question(const Question&) = delete;
    Question& operator=(const Question&) = delete;
    ~Question();
    std::optional<Answer> answer;

   private:
    friend class DialClient;
    DialClient& client_;
    sys::Wake& wake_;
    std::uint64_t request_ = 0;
  };

  /// One inquiry of an OCSP responder under way. Forgotten when it goes.
  class Inquiry {
   public:
    using Answer = std::variant<std::vector<std::uint8_t>, ipc::dial::InquiryFailed>;
    /// `done` is called once, perhaps before inquire() returns, and must leave the inquiry in its place.
    Inquiry(DialClient& client, std::function<void(Answer)> done) : client_(client), done_(std::move(done)) {}
    Inquiry(const Inquiry&) = delete;
    Inquiry& operator=(const Inquiry&) = delete;
    ~Inquiry();

   private:
    friend class DialClient;
    DialClient& client_;
    std::function<void(Answer)> done_;
    std::uint64_t request_ = 0;
  };

  explicit DialClient(sys::Reactor& reactor) : reactor_(reactor), wake_(reactor) {}

  /// A new channel replaces the old one; its questions fail.
  Result<> connect(UniqueFd channel);
  void ask(Question& question, model::Generation generation, model::ServiceId service,
           std::chrono::milliseconds deadline);
  void inquire(Inquiry& inquiry, const ipc::dial::Inquire& what);
  /// Starts taking answers, for as long as the process lives.
  void start() { listen(); }

 private:
  sys::Detached listen();
  void take_answers();
  void take(ipc::Frame frame);
  void take_dialled(ipc::Frame frame);
  void take_inquired(const ipc::Frame& frame);
  void hang_up();
  static void settle(Question& question, Answer answer);

  sys::Reactor& reactor_;
  sys::Wake wake_;
  sys::Readiness readiness_;
  std::optional<ipc::Channel> channel_;
  ipc::Conversation conversation_{ipc::dial::kFromDialer};
  std::uint64_t last_request_ = 0;
  std::unordered_map<std::uint64_t, Question*> open_;
  std::unordered_map<std::uint64_t, Inquiry*> inquiries_;
};

}  // namespace gw::proxy
