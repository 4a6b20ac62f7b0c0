// The real sekisho-namesd in its own confinement, on real sockets of loopback. The test is its supervisor and
// its terminals.

#include <fcntl.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <string>
#include <vector>

#include "base/codec.h"
#include "ipc/inherited.h"
#include "ipc/messages/control_compartment.h"
#include "model/accounts.h"
#include "sys/child.h"
#include "sys/sealed.h"
#include "sys/spawn.h"
#include "unit/names/ask.h"

namespace gw::names {
namespace {

namespace wire = ipc::compartment;
using ipc::type_number;
using tests::octets_of;
using wire::Msg;
using Octets = std::vector<std::uint8_t>;

constexpr int kLongMs = 20'000, kShortMs = 300;

bool ready(int fd, short what, int most_ms) {
  pollfd waiting{fd, what, 0};
  return ::poll(&waiting, 1, most_ms) == 1;
}

/// A socket at 127.0.0.1, bound to a port the kernel picks.
struct Door {
  UniqueFd fd;
  sockaddr_in at{};

  explicit Door(int type) : fd(::socket(AF_INET, type | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)) {
    at.sin_family = AF_INET;
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof at;
    const bool bound = ::bind(fd.get(), reinterpret_cast<const sockaddr*>(&at), size) == 0 &&
                       (type != SOCK_STREAM || ::listen(fd.get(), 64) == 0) &&
                       ::getsockname(fd.get(), reinterpret_cast<sockaddr*>(&at), &size) == 0;
    if (!bound) throw std::runtime_error("no socket");
  }
  UniqueFd call(int type) const {
    UniqueFd out(::socket(AF_INET, type | SOCK_CLOEXEC, 0));
    if (::connect(out.get(), reinterpret_cast<const sockaddr*>(&at), sizeof at) != 0)
      throw std::runtime_error("no connection");
    return out;
  }
};

class NamesdTest : public testing::Test {
 protected:
  void SetUp() override {
    if (::geteuid() != 0) GTEST_SKIP() << "needs root";
    auto control = ipc::Channel::pair(), log = ipc::Channel::pair();
    ASSERT_TRUE(control && log);
    control_ = std::move(control->first);
    log_ = std::move(log->first);
    const Result<UniqueFd> program = sys::open_program(GW_BINARY_DIR "/bin/sekisho-namesd");
    ASSERT_TRUE(program);
    Result<sys::Child> child =
        sys::spawn({program->get(),
                    {"sekisho-namesd"},
                    {{2, 2}, {control->second.fd(), ipc::kControlFd}, {log->second.fd(), ipc::kLogFd}}},
                   {.account = model::kNameAccount});
    ASSERT_TRUE(child) << child.error().to_text();
    child_ = *std::move(child);
    EXPECT_EQ(hear(), type_number(Msg::ready));
  }
  void TearDown() override {
    if (!child_.pidfd) return;
    sys::kill(child_);
    static_cast<void>(sys::wait_for(child_));
  }

  /// The type of the daemon's next word.
  std::uint16_t hear() const {
    if (!ready(control_.fd(), POLLIN, kLongMs)) return 0;
    const auto frame = control_.receive();
    return frame && *frame ? (*frame)->type : std::uint16_t{0};
  }
  template <class Body>
  void tell(Msg message, const Body& body, std::vector<int> fds = {}) const {
    ASSERT_TRUE(control_.send(type_number(message), 0, encode(body), std::move(fds)));
  }
  void stage_table(std::uint64_t generation, const char* leads_to = "10.1.0.1") const {
    model::NameTable table{
        model::Generation(generation),
        {{{tests::address("127.0.0.1")}, {{"emr.clinic.example", {tests::address(leads_to)}}}}}};
    const auto sealed = sys::seal(encode(table), "names");
    tell(Msg::name_table, wire::Staged{model::Generation(generation)}, {sealed->get()});
  }
  void stage_socket(std::uint64_t generation, wire::Transport transport) const {
    const int fd = (transport == wire::Transport::udp ? udp_ : tcp_).fd.get();
    tell(Msg::name_socket,
         wire::StagedSocket{model::Generation(generation), transport, tests::address("127.0.0.1")}, {fd});
  }
  void serve(std::uint64_t generation, const char* leads_to = "10.1.0.1") const {
    stage_table(generation, leads_to);
    stage_socket(generation, wire::Transport::udp);
    stage_socket(generation, wire::Transport::tcp);
    tell(Msg::prepare, wire::Staged{model::Generation(generation)});
    EXPECT_EQ(hear(), type_number(Msg::prepared));
    tell(Msg::commit, wire::Staged{model::Generation(generation)});
    EXPECT_EQ(hear(), type_number(Msg::adopted));
  }
  /// The last octet of the address that a question leads to; nothing if no answer comes in time.
  static int asked_over_udp(const UniqueFd& socket, int most_ms = kLongMs) {
    const Octets question = octets_of({});
    EXPECT_EQ(::send(socket.get(), question.data(), question.size(), 0),
              static_cast<ssize_t>(question.size()));
    if (!ready(socket.get(), POLLIN, most_ms)) return -1;
    std::uint8_t answer[512];
    const ssize_t size = ::recv(socket.get(), answer, sizeof answer, 0);
    return size < 1 ? -1 : answer[size - 1];
  }
  static Octets with_length(const Octets& question) {
    Octets out{0, static_cast<std::uint8_t>(question.size())};
    out.insert(out.end(), question.begin(), question.end());
    return out;
  }
  static int answer_over_tcp(const UniqueFd& socket) {
    std::uint8_t answer[512];
    if (!ready(socket.get(), POLLIN, kLongMs)) return -1;
    const ssize_t size = ::recv(socket.get(), answer, 2 + octets_of({}).size() + 16, MSG_WAITALL);
    return size < 1 ? -1 : answer[size - 1];
  }
  /// The daemon ends the connection, sooner or later.
  static bool is_ended(const UniqueFd& socket) {
    char octet = 0;
    return ready(socket.get(), POLLIN, kLongMs) && ::recv(socket.get(), &octet, 1, 0) <= 0;
  }

  Door udp_{SOCK_DGRAM}, tcp_{SOCK_STREAM};
  ipc::Channel control_{UniqueFd()}, log_{UniqueFd()};
  sys::Child child_;
};

TEST_F(NamesdTest, answers_nobody_before_its_table_is_in_force) {
  const UniqueFd asker = udp_.call(SOCK_DGRAM);
  stage_table(1);
  stage_socket(1, wire::Transport::udp);
  stage_socket(1, wire::Transport::tcp);
  tell(Msg::prepare, wire::Staged{model::Generation(1)});
  EXPECT_EQ(hear(), type_number(Msg::prepared));
  EXPECT_EQ(asked_over_udp(asker, kShortMs), -1);
  tell(Msg::commit, wire::Staged{model::Generation(1)});
  EXPECT_EQ(hear(), type_number(Msg::adopted));
  EXPECT_EQ(asked_over_udp(asker), 1);
}

TEST_F(NamesdTest, a_publication_changes_the_answer_and_a_refused_one_does_not) {
  serve(1);
  const UniqueFd asker = udp_.call(SOCK_DGRAM);
  EXPECT_EQ(asked_over_udp(asker), 1);
  stage_table(2, "10.1.0.2");
  stage_socket(2, wire::Transport::udp);
  tell(Msg::prepare, wire::Staged{model::Generation(2)});
  EXPECT_EQ(hear(), type_number(Msg::refused)) << "a socket is missing";
  EXPECT_EQ(asked_over_udp(asker), 1);
  serve(3, "10.1.0.3");
  EXPECT_EQ(asked_over_udp(asker), 3);
}

TEST_F(NamesdTest, over_tcp_questions_come_together_and_in_pieces) {
  serve(1);
  const UniqueFd asker = tcp_.call(SOCK_STREAM);
  const Octets question = with_length(octets_of({}));
  Octets two = question;
  two.insert(two.end(), question.begin(), question.end());
  ASSERT_EQ(::send(asker.get(), two.data(), two.size(), 0), static_cast<ssize_t>(two.size()));
  EXPECT_EQ(answer_over_tcp(asker), 1);
  EXPECT_EQ(answer_over_tcp(asker), 1);
  for (const std::uint8_t octet : question) ASSERT_EQ(::send(asker.get(), &octet, 1, 0), 1);
  EXPECT_EQ(answer_over_tcp(asker), 1);
}

TEST_F(NamesdTest, whoever_is_silent_or_sends_no_question_loses_its_connection) {
  serve(1);
  const UniqueFd silent = tcp_.call(SOCK_STREAM), talker = tcp_.call(SOCK_STREAM);
  const Octets no_question(64, 0xff);
  ASSERT_EQ(::send(talker.get(), no_question.data(), no_question.size(), 0), 64);
  EXPECT_TRUE(is_ended(talker));
  EXPECT_TRUE(is_ended(silent));
}

TEST_F(NamesdTest, one_source_has_a_few_connections_and_the_newest_of_them_is_served) {
  serve(1);
  std::vector<UniqueFd> held;
  for (int i = 0; i < 20; ++i) held.push_back(tcp_.call(SOCK_STREAM));
  EXPECT_TRUE(is_ended(held.front()));
  const Octets question = with_length(octets_of({}));
  ASSERT_EQ(::send(held.back().get(), question.data(), question.size(), 0),
            static_cast<ssize_t>(question.size()));
  EXPECT_EQ(answer_over_tcp(held.back()), 1);
}

TEST_F(NamesdTest, ends_with_its_supervisor) {
  serve(1);
  control_.release().reset();
  const Result<sys::Ending> ending = sys::wait_for(child_);
  ASSERT_TRUE(ending);
  EXPECT_EQ(ending->to_text(), "exit 0");
  child_ = {};
}

}  // namespace
}  // namespace gw::names
