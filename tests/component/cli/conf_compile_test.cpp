// The compiler as the supervisor starts it: four descriptors, two arguments, its walls up.

#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <map>

#include "ipc/inherited.h"
#include "ipc/messages/compile.h"
#include "model/certificate_roll.h"
#include "model/network_roll.h"
#include "model/rule_roll.h"
#include "model/snapshot.h"
#include "net/plan.h"
#include "probe/aims.h"
#include "site.h"
#include "sys/sealed.h"

namespace gw::component {
namespace {

namespace msg = ipc::compile;
constexpr std::size_t kMost = 1024 * 1024;

struct Answer {
  std::map<std::pair<msg::PartKind, std::uint16_t>, std::vector<std::uint8_t>> parts{};
  std::optional<msg::Report> report{};
  std::string text{};
  int status = -1;
  msg::Part difference{};
};

class ConfCompile : public Site {
 protected:
  /// Starts the program on a file of the site and hears it out.
  Answer compile(const std::string& file, const char* generation = "5") {
    const UniqueFd directory(::open(root().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    const UniqueFd input(::open((root() / file).c_str(), O_RDONLY | O_CLOEXEC));
    return start(directory.get(), input.get(), {generation, "files"});
  }
  /// The same on what an earlier run has kept.
  Answer compile_again(const std::vector<std::uint8_t>& sources) {
    const auto sealed = sys::seal(sources, "sources");
    const UniqueFd nothing(::open("/dev/null", O_RDONLY | O_CLOEXEC));
    return start(sealed->get(), nothing.get(), {"6", "kept"});
  }
  /// The same beside what it is compared with.
  Answer compare(const std::vector<std::uint8_t>& sources, const std::vector<std::uint8_t>& before) {
    const auto sealed = sys::seal(sources, "sources"), reference = sys::seal(before, "before");
    return start(sealed->get(), reference->get(), {"6", "kept", "compared"}, ipc::kReferenceFd);
  }

 private:
  using Words = std::array<const char*, 3>;

  Answer start(int input, int second, const Words& words, int place_of_second = ipc::kSecondInputFd) {
    auto channels = ipc::Channel::pair();
    auto log = ipc::Channel::pair();
    EXPECT_TRUE(channels && log);
    const pid_t child = ::fork();
    if (child == 0) become({channels->second.fd(), log->second.fd(), input, second}, place_of_second, words);
    UniqueFd theirs = channels->second.release();
    theirs.reset();
    Answer answer;
    listen(channels->first, answer);
    EXPECT_EQ(::waitpid(child, &answer.status, 0), child);
    return answer;
  }

  /// In the child: the descriptors at their places, then the program.
  [[noreturn]] static void become(std::array<int, 4> descriptors, int place_of_second, const Words& words) {
    const std::array kPlaces{ipc::kControlFd, ipc::kLogFd, ipc::kInputFd, place_of_second};
    for (int& fd : descriptors) fd = ::fcntl(fd, F_DUPFD_CLOEXEC, 64);
    for (std::size_t i = 0; i < kPlaces.size(); ++i) ::dup2(descriptors[i], kPlaces[i]);
    ::execl(GW_BINARY_DIR "/bin/sekisho-conf-compile", "sekisho-conf-compile", words[0], words[1], words[2],
            nullptr);
    ::_exit(127);
  }

  static void listen(const ipc::Channel& channel, Answer& answer) {
    ipc::Conversation conversation(msg::kFromCompiler);
    for (;;) {
      pollfd wait{channel.fd(), POLLIN, 0};
      ASSERT_EQ(::poll(&wait, 1, 30'000), 1) << "the compiler says nothing";
      auto frame = channel.receive();
      if (!frame) return;
      if (!*frame) continue;
      ASSERT_TRUE(conversation.accept(**frame));
      take(**frame, answer);
    }
  }

  static void take(const ipc::Frame& frame, Answer& answer) {
    auto bytes = sys::read_sealed(frame.fds.at(0).get(), kMost);
    ASSERT_TRUE(bytes);
    if (frame.type == ipc::type_number(msg::Msg::report)) {
      answer.report = *decode<msg::Report>(frame.body);
      answer.text = as_text(*bytes);
      return;
    }
    const auto part = decode<msg::Part>(frame.body);
    ASSERT_TRUE(part);
    answer.parts[{part->kind, part->tenant.number()}] = *std::move(bytes);
    if (part->kind == msg::PartKind::difference) answer.difference = *part;
  }
};

TEST_F(ConfCompile, a_usable_file_comes_back_in_parts_and_a_report) {
  const Answer answer = compile(write_good_site());
  EXPECT_EQ(answer.status, 0);
  ASSERT_TRUE(answer.report && answer.report->usable) << answer.text;
  ASSERT_EQ(answer.parts.size(), 9u);
  const auto wiring = decode<model::Wiring>(answer.parts.at({msg::PartKind::wiring, 0}));
  ASSERT_TRUE(wiring);
  EXPECT_EQ(wiring->generation, model::Generation(5));
  EXPECT_EQ(wiring->compartments.at(0).name, "karte");
  EXPECT_TRUE(decode<net::Plan>(answer.parts.at({msg::PartKind::net_plan, 0})));
  EXPECT_TRUE(decode<model::DialTable>(answer.parts.at({msg::PartKind::dial_table, 0})));
  EXPECT_TRUE(decode<probe::Aims>(answer.parts.at({msg::PartKind::aims, 0})));
  const auto rules = decode<model::RuleRoll>(answer.parts.at({msg::PartKind::rules, 0}));
  ASSERT_TRUE(rules);
  EXPECT_EQ(rules->rows.size(), 1u);
  const auto certificates = decode<model::CertificateRoll>(answer.parts.at({msg::PartKind::certificates, 0}));
  ASSERT_TRUE(certificates);
  ASSERT_EQ(certificates->own.size(), 1u) << "one file";
  EXPECT_EQ(certificates->own.at(0).uses.size(), 2u) << "toward terminals and toward the cloud";
  EXPECT_FALSE(certificates->own.at(0).certificate) << "what is in it cannot be read";
  EXPECT_EQ(certificates->trust.size(), 2u);
  EXPECT_TRUE(decode<model::NetworkRoll>(answer.parts.at({msg::PartKind::network, 0})));
  const auto snapshot = model::Snapshot::decode(answer.parts.at({msg::PartKind::snapshot, 0}));
  ASSERT_TRUE(snapshot);
  EXPECT_EQ((*snapshot)->tenant().name, "karte");
  EXPECT_EQ((*snapshot)->tenant().terminal_anchors.at(0).file, "");
}

TEST_F(ConfCompile, what_was_compiled_is_compiled_again_without_its_files) {
  Answer first = compile(write_good_site());
  ASSERT_TRUE(first.report && first.report->usable) << first.text;
  write("good.yaml", "version: 1\nsite: Another\n");
  write("pki/a.pem", "no certificate any more");
  Answer again = compile_again(first.parts.at({msg::PartKind::sources, 0}));
  ASSERT_TRUE(again.report && again.report->usable) << again.text;
  EXPECT_EQ(again.parts.at({msg::PartKind::sources, 0}), first.parts.at({msg::PartKind::sources, 0}));
  const auto before = model::Snapshot::decode(first.parts.at({msg::PartKind::snapshot, 0}));
  const auto after = model::Snapshot::decode(again.parts.at({msg::PartKind::snapshot, 0}));
  ASSERT_TRUE(before && after);
  EXPECT_EQ((*after)->generation(), model::Generation(6));
  EXPECT_EQ(encode((*after)->tenant()), encode((*before)->tenant()));
}

TEST_F(ConfCompile, what_it_changes_is_told_beside_what_was_before) {  // ADM-12
  const auto narrow = compile(write_good_site()).parts.at({msg::PartKind::sources, 0});
  const auto wide =
      compile(write_good_site("    limits: {sessions: 9}\n")).parts.at({msg::PartKind::sources, 0});
  const Answer same = compare(narrow, narrow);
  EXPECT_TRUE(same.parts.at({msg::PartKind::difference, 0}).empty());
  EXPECT_FALSE(same.difference.widens);
  const Answer other = compare(wide, narrow);
  EXPECT_NE(as_text(other.parts.at({msg::PartKind::difference, 0})).find("sessions changes from"),
            std::string_view::npos);
  EXPECT_TRUE(other.difference.widens);
  EXPECT_FALSE(other.difference.is_guarded) << "nobody asked for a second person";
  EXPECT_FALSE(compare(narrow, {}).parts.contains({msg::PartKind::difference, 0})) << "it is the first";
}

TEST_F(ConfCompile, what_cannot_be_compared_any_more_counts_as_a_widening_that_somebody_guards) {  // ADM-12
  const auto sources = compile(write_good_site()).parts.at({msg::PartKind::sources, 0});
  const Answer answer = compare(sources, {'x'});
  ASSERT_TRUE(answer.report && answer.report->usable);
  EXPECT_TRUE(answer.difference.widens && answer.difference.is_guarded);
}

TEST_F(ConfCompile, sources_that_do_not_decode_are_a_report) {
  const Answer answer = compile_again({'x'});
  ASSERT_TRUE(answer.report);
  EXPECT_FALSE(answer.report->usable);
  EXPECT_NE(answer.text.find("config.unreadable"), std::string::npos) << answer.text;
}

TEST_F(ConfCompile, a_bad_file_comes_back_as_a_report_alone) {
  write("bad.yaml", "version: 1\nsite: Bad\n");
  const Answer answer = compile("bad.yaml");
  EXPECT_EQ(answer.status, 0);
  EXPECT_TRUE(answer.parts.empty());
  ASSERT_TRUE(answer.report);
  EXPECT_FALSE(answer.report->usable);
  EXPECT_EQ(answer.report->errors, 3u);
  EXPECT_NE(answer.text.find("configuration:2:7: config.value.format: "), std::string::npos) << answer.text;
}

TEST_F(ConfCompile, what_has_the_form_of_a_list_is_looked_into) {
  write_good_site("    terminal_revocation: {lists: [pki/a.crl]}\n");
  write("pki/a.crl", std::string("\x30\x03\x02\x01\x05", 5));
  const Answer answer = compile("good.yaml");
  ASSERT_TRUE(answer.report);
  EXPECT_FALSE(answer.report->usable);
  EXPECT_NE(answer.text.find("configuration:10:35: config.revocation.list: "), std::string::npos)
      << answer.text;
}

TEST_F(ConfCompile, a_certificate_outside_the_directory_is_out_of_reach) {
  write_good_site();
  std::filesystem::remove(root() / "pki/a.pem");
  std::filesystem::create_symlink("/etc/ssl/certs/ca-certificates.crt", root() / "pki/a.pem");
  const Answer answer = compile("good.yaml");
  ASSERT_TRUE(answer.report);
  EXPECT_FALSE(answer.report->usable);
  EXPECT_NE(answer.text.find("config.file.unreadable"), std::string::npos) << answer.text;
}

TEST_F(ConfCompile, a_generation_that_is_no_number_is_refused) {
  const std::string file = write_good_site();
  for (const char* generation : {"0", "x", "-1"}) {
    const Answer answer = compile(file, generation);
    EXPECT_TRUE(WIFEXITED(answer.status) && WEXITSTATUS(answer.status) == 2) << generation;
    EXPECT_FALSE(answer.report);
  }
}

}  // namespace
}  // namespace gw::component
