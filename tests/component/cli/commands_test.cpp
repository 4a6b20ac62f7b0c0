#include "cli/commands.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <filesystem>
#include <functional>
#include <thread>

#include "cli/exit_code.h"
#include "config/files.h"
#include "ipc/messages/operator.h"
#include "model/terminal_roll.h"
#include "outcome.h"
#include "site.h"
#include "sys/sealed.h"

namespace gw::cli {
namespace {

namespace op = ipc::op;
using component::Outcome;
using component::run;

class Commands : public component::Site {
 protected:
  Call with(const std::string& file, Format format = Format::text) const {
    return {format, (root() / "control").string(), {(root() / file).string()}};
  }
};

TEST_F(Commands, one_certificate_is_blocked_and_its_terminal_never_cut_off_instead) {  // CRT-04
  Call call{.socket = (root() / "control").string(), .files = {"karte/desk-1"}, .reason = "lost"};
  call.certificate = std::string(64, 'a');
  const Outcome refused = run(cut<model::Cut::What::terminal>, call);
  EXPECT_EQ(refused.code, kUsage);
  EXPECT_NE(refused.complaint.find("sekisho terminal block"), std::string::npos) << refused.complaint;
  call.reason.clear();
  const Outcome unexplained = run(cut<model::Cut::What::certificates>, call);
  EXPECT_EQ(unexplained.code, kUsage);
  EXPECT_NE(unexplained.complaint.find("say why"), std::string::npos) << unexplained.complaint;
}

TEST_F(Commands, check_ends_by_what_it_found) {
  EXPECT_EQ(run(config_check, with("none.yaml")).code, kInputMissing);
  write("bad.yaml", "version: 2\n");
  const Outcome bad = run(config_check, with("bad.yaml"));
  EXPECT_EQ(bad.code, kFailed);
  EXPECT_NE(bad.out.find("bad.yaml:1:1: config.version: "), std::string::npos) << bad.out;
  EXPECT_NE(bad.out.find("bad.yaml: 1 error\n"), std::string::npos);
  const Outcome good = run(config_check, with(write_good_site()));
  EXPECT_EQ(good.code, kOk) << good.out;
  EXPECT_TRUE(good.out.ends_with("good.yaml: usable\n"));
}

TEST_F(Commands, check_tells_programs_the_same) {
  write("bad.yaml", "version: 2\n");
  const Outcome bad = run(config_check, with("bad.yaml", Format::json));
  EXPECT_EQ(bad.code, kFailed);
  EXPECT_NE(bad.out.find(R"("usable":false,"problems":[{"line":1,"column":1,"code":"config.version")"),
            std::string::npos)
      << bad.out;
}

TEST_F(Commands, what_show_prints_can_be_checked) {
  const Outcome shown = run(config_show, with(write_good_site()));
  ASSERT_EQ(shown.code, kOk) << shown.complaint;
  write("shown.yaml", shown.out);
  EXPECT_EQ(run(config_check, with("shown.yaml")).code, kOk);
}

TEST_F(Commands, diff_says_when_nothing_changes) {
  Call call = with(write_good_site());
  call.files.push_back(call.files.front());
  EXPECT_EQ(run(config_diff, call).out, "nothing changes\n");
}

TEST_F(Commands, browsers_are_told_nothing_where_no_service_is_wrapped) {
  Call call = with(write_good_site());
  call.files.push_back("karte");
  const Outcome none = run(browser_settings, call);
  EXPECT_EQ(none.code, kFailed);
  EXPECT_NE(none.complaint.find("karte has no service with the mode wrap"), std::string::npos)
      << none.complaint;
  call.files.back() = "nobody";
  EXPECT_EQ(run(browser_settings, call).code, kInputMissing);
}

TEST_F(Commands, without_a_supervisor_there_is_nobody_to_ask) {
  EXPECT_EQ(run(status, with("none")).code, kDaemonUnreachable);
  Call call = with(write_good_site());
  call.reason = "a test";
  EXPECT_EQ(run(config_publish, call).code, kDaemonUnreachable);
}

/// A supervisor that gives one answer.
class Answering {
 public:
  using Answer = std::function<void(const ipc::Channel&, ipc::Frame)>;

  Answering(const std::string& path, Answer answer) : answer_(std::move(answer)) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path.copy(address.sun_path, sizeof address.sun_path - 1);
    listener_.reset(::socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0));
    EXPECT_EQ(::bind(listener_.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
    EXPECT_EQ(::listen(listener_.get(), 1), 0);
    thread_ = std::thread([this] { serve(); });
  }
  ~Answering() { thread_.join(); }

 private:
  void serve() {
    const ipc::Channel channel{
        UniqueFd(::accept4(listener_.get(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC))};
    pollfd wait{channel.fd(), POLLIN, 0};
    ASSERT_EQ(::poll(&wait, 1, 10'000), 1);
    auto frame = channel.receive();
    ASSERT_TRUE(frame && *frame);
    answer_(channel, std::move(**frame));
  }

  Answer answer_;
  UniqueFd listener_;
  std::thread thread_;
};

TEST_F(Commands, every_terminal_is_listed_with_its_standing) {  // CRT-04
  const model::TerminalRoll roll{
      {{"karte", "desk-1", model::TerminalRoll::Standing::known, true, {}},
       {"karte", "desk-2", model::TerminalRoll::Standing::blocked_in_configuration, true, {}},
       {"karte", "desk-3", model::TerminalRoll::Standing::cut_off, true, {{std::string(64, 'a')}}},
       {"karte", "desk-9", model::TerminalRoll::Standing::blocked, false, {}}}};
  const auto list = [&](Format format) {
    const Call call = with("none", format);
    Answering supervisor(call.socket, [&](const ipc::Channel& channel, ipc::Frame question) {
      EXPECT_EQ(question.type, ipc::type_number(op::Msg::terminals));
      const auto sealed = sys::seal(encode(roll), "terminals");
      ASSERT_TRUE(sealed);
      EXPECT_TRUE(
          channel.send(ipc::type_number(op::Msg::terminal_roll), question.request, {}, {sealed->get()}));
    });
    const Outcome outcome = run(terminal_list, call);
    std::filesystem::remove(call.socket);
    return outcome.out;
  };
  EXPECT_EQ(list(Format::text),
            "known    karte/desk-1\n"
            "blocked  karte/desk-2 by the configuration\n"
            "cut off  karte/desk-3\n"
            "blocked  certificate " +
                std::string(64, 'a') +
                " of karte/desk-3\n"
                "blocked  certificates of karte/desk-9 (not in the configuration)\n");
  EXPECT_NE(list(Format::json)
                .find(R"({"tenant":"karte","terminal":"desk-9","standing":"blocked",)"
                      R"("configured":false,"blocked_certificates":[]}])"),
            std::string::npos);
}

Result<> say_published(const ipc::Channel& channel, std::uint64_t request, const op::Published& published,
                       std::string_view warnings) {
  GW_TRY(const UniqueFd report, sys::seal(as_bytes(warnings), "report"));
  return channel.send(ipc::type_number(op::Msg::published), request, encode(published), {report.get()});
}

TEST_F(Commands, republish_tells_what_was_warned_of) {
  const Call call{.socket = (root() / "control").string()};
  Answering supervisor(call.socket, [](const ipc::Channel& channel, ipc::Frame question) {
    EXPECT_TRUE(say_published(channel, question.request, {model::Generation(4), 2, 1},
                              "configuration:3:4: config.z: warning: w\n"));
  });
  const Outcome outcome = run(config_republish, call);
  EXPECT_EQ(outcome.code, kOk);
  EXPECT_EQ(outcome.out, "generation 4 is in force; sessions kept: 2, closed: 1\n");
  EXPECT_NE(outcome.complaint.find("kept configuration:3:4: config.z"), std::string::npos)
      << outcome.complaint;
}

TEST_F(Commands, a_busy_supervisor_has_an_exit_code_of_its_own) {
  const Call call{.socket = (root() / "control").string()};
  Answering supervisor(call.socket, [](const ipc::Channel& channel, ipc::Frame question) {
    const auto nothing = sys::seal({}, "report");
    ASSERT_TRUE(nothing);
    EXPECT_TRUE(channel.send(ipc::type_number(op::Msg::rejected), question.request,
                             encode(op::Rejected{ErrorCode::publication_busy, ""}), {nothing->get()}));
  });
  EXPECT_EQ(run(config_republish, call).code, kBusy);
}

TEST_F(Commands, status_tells_people_and_programs) {
  for (const Format format : {Format::text, Format::json}) {
    const Call call = with("none", format);
    std::filesystem::remove(call.socket);
    Answering supervisor(call.socket, [](const ipc::Channel& channel, ipc::Frame question) {
      op::State state{.generation = model::Generation(9), .kernel_rules = true};
      state.processes = {{"proxyd", "karte", 77, 0, true}};
      state.listeners.push_back({"karte", {*model::IpAddress::parse("10.1.0.1"), 443}});
      EXPECT_TRUE(channel.send(ipc::type_number(op::Msg::state), question.request, encode(state)));
    });
    const Outcome outcome = run(status, call);
    EXPECT_EQ(outcome.code, kOk);
    EXPECT_NE(outcome.out.find(format == Format::text ? "proxyd of karte: pid 77, serving" : R"("pid":77)"),
              std::string::npos)
        << outcome.out;
    EXPECT_EQ(outcome.out.find("WRONG"), std::string::npos) << outcome.out;
    EXPECT_NE(outcome.out.find(format == Format::text ? "no backups are made" : R"("backups":false)"),
              std::string::npos)
        << outcome.out;
  }
}

TEST_F(Commands, a_clock_that_cannot_be_right_is_what_status_says_first) {  // TIM-03
  const Call call = with("none");
  Answering supervisor(call.socket, [](const ipc::Channel& channel, ipc::Frame question) {
    op::State state{};
    state.clock = {std::chrono::seconds(7), std::chrono::seconds(1'700'000'000)};
    EXPECT_TRUE(channel.send(ipc::type_number(op::Msg::state), question.request, encode(state)));
  });
  const std::string out = run(status, call).out;
  EXPECT_NE(out.find("WRONG: it says 1970-01-01T00:00:07.000000Z and cannot be before 2023-11-14T"),
            std::string::npos)
      << out;
}

}  // namespace
}  // namespace gw::cli
