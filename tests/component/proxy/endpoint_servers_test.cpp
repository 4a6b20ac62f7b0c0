// What servers of other makes offer is seen as they were set up, and not otherwise (NET-06).

#include <fcntl.h>
#include <gmock/gmock.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "support/compartment.h"

namespace gw {
namespace {

using model::Asked;
using model::EndpointGrade;
using model::Probe;
using model::Seen;
using support::Compartment;
using testing::HasSubstr;
using testing::StartsWith;

/// A program that serves TLS at a port of the loopback, until the test is over.
class Server {
 public:
  Server(const std::filesystem::path& folder, std::vector<std::string> command) {
    std::vector<char*> arguments;
    for (std::string& one : command) arguments.push_back(one.data());
    arguments.push_back(nullptr);
    pid_ = ::fork();
    if (pid_ != 0) return;
    const int null = ::open("/dev/null", O_RDWR),
              log = ::open((folder / "log").c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
    int nothing[2];
    if (::pipe(nothing) != 0) ::_exit(126);  // s_server ends with its input
    ::dup2(nothing[0], 0);
    ::dup2(log < 0 ? null : log, 1);
    ::dup2(log < 0 ? null : log, 2);
    ::execvp(arguments[0], arguments.data());
    ::_exit(127);
  }
  Server(const Server&) = delete;
  ~Server() {
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
  }
  bool is_there() const { return ::waitpid(pid_, nullptr, WNOHANG) == 0; }

 private:
  pid_t pid_;
};

/// Nobody listens there at the moment.
model::Endpoint free_endpoint() { return support::LoopbackListener().endpoint; }

bool answers(const model::Endpoint& at) {
  const UniqueFd fd = support::connect_to(at);
  pollfd one{fd.get(), POLLOUT, 0};
  int error = 0;
  socklen_t size = sizeof error;
  return ::poll(&one, 1, 1000) == 1 && ::getsockopt(fd.get(), SOL_SOCKET, SO_ERROR, &error, &size) == 0 &&
         error == 0;
}

class EndpointServersTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = testing::TempDir() + "sekisho-endpoint-XXXXXX";
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    folder = name;
    box.publish([](model::Tenant& tenant) {
      tenant.services.pop_back();
      tenant.listeners.pop_back();
      tenant.rules.pop_back();
      tenant.services[0].mode = model::Mode::pass_through;
    });
    write("terminals.pem", box.terminal_ca.pem());
    show(box.cloud_server());
  }
  void TearDown() override { std::filesystem::remove_all(folder); }

  void write(const std::string& name, const std::string& text) const { std::ofstream(folder / name) << text; }
  void show(const support::Issued& issued) const {
    write("chain.pem", issued.chain_pem + box.cloud_ca.pem());
    write("key.pem", issued.key_pem);
  }
  std::string path(const char* name) const { return (folder / name).string(); }

  EndpointGrade graded(const model::Endpoint& at, std::vector<std::string> command) {
    const Server server(folder, std::move(command));
    EXPECT_TRUE(box.until([&] { return answers(at); }));
    EXPECT_TRUE(server.is_there());
    box.dialled_instead = at;
    std::optional<EndpointGrade> grade;
    bool over = false;
    box.worker().trials().begin([&](const model::ServiceTrial& trial, bool is_last) {
      grade = trial.endpoint;
      over = is_last;
    });
    for (int i = 0; i < 60 && !over; ++i) {
      const auto until = std::chrono::steady_clock::now() + std::chrono::milliseconds(150);
      box.until([&] { return over || std::chrono::steady_clock::now() > until; });
      if (!over) box.advance(std::chrono::seconds(1));
    }
    EXPECT_TRUE(grade) << "the server was reached";
    return grade.value_or(EndpointGrade());
  }
  EndpointGrade graded_openssl(std::vector<std::string> more) {
    const model::Endpoint at = free_endpoint();
    std::vector<std::string> command{"openssl",
                                     "s_server",
                                     "-quiet",
                                     "-accept",
                                     "127.0.0.1:" + std::to_string(at.port),
                                     "-cert",
                                     path("chain.pem"),
                                     "-cert_chain",
                                     path("chain.pem"),
                                     "-key",
                                     path("key.pem")};
    command.insert(command.end(), more.begin(), more.end());
    return graded(at, command);
  }
  EndpointGrade graded_gnutls(const std::string& priority, std::vector<std::string> more = {}) {
    const model::Endpoint at = free_endpoint();
    std::vector<std::string> command{
        "gnutls-serv",    "--echo",          "--port",        std::to_string(at.port),
        "--x509certfile", path("chain.pem"), "--x509keyfile", path("key.pem"),
        "--priority",     priority};
    command.insert(command.end(), more.begin(), more.end());
    return graded(at, command);
  }

  Compartment box;
  std::filesystem::path folder;
};

TEST_F(EndpointServersTest, openssl_as_it_should_be) {
  const EndpointGrade grade = graded_openssl({"-tls1_3"});
  EXPECT_THAT(grade.of(Probe::tls13).words, StartsWith("TLSv1.3 TLS_AES_256_GCM_SHA384 X25519"));
  EXPECT_TRUE(grade.refuses(Probe::tls12)) << grade.of(Probe::tls12).words;
  EXPECT_THAT(grade.of(Probe::tls12).words, HasSubstr("protocol version"));
  EXPECT_TRUE(grade.refuses(Probe::other_suites)) << grade.of(Probe::other_suites).words;
  EXPECT_TRUE(grade.refuses(Probe::older)) << grade.of(Probe::older).words;
  EXPECT_EQ(grade.resumption, Seen::yes);
  EXPECT_EQ(grade.stapled, Seen::no);
  EXPECT_EQ(grade.client_certificate, Asked::no);
  ASSERT_TRUE(grade.certificate);
  EXPECT_THAT(grade.certificate->issuer, HasSubstr("cloud ca"));
  EXPECT_EQ(grade.certificate->key, "P-256");
  EXPECT_TRUE(grade.certificate->carries_name);
  EXPECT_GE(grade.certificate->chain, 2);
  EXPECT_THAT(model::remarks_on(grade), testing::ElementsAre());
}

TEST_F(EndpointServersTest, openssl_that_takes_anything) {
  const EndpointGrade grade = graded_openssl({"-cipher", "ALL:@SECLEVEL=0", "-min_protocol", "TLSv1"});
  EXPECT_TRUE(grade.takes(Probe::tls13));
  EXPECT_THAT(grade.of(Probe::tls12).words, StartsWith("TLSv1.2 ECDHE-ECDSA-"));
  EXPECT_TRUE(grade.takes(Probe::other_suites));
  EXPECT_THAT(grade.of(Probe::other_suites).words, StartsWith("TLSv1.2 "));
  EXPECT_THAT(grade.of(Probe::other_suites).words, testing::Not(HasSubstr("0x")));
  EXPECT_THAT(grade.of(Probe::older).words, StartsWith("TLSv1.1 "));
  EXPECT_THAT(model::remarks_on(grade), testing::ElementsAre(model::EndpointRemark::takes_older,
                                                             model::EndpointRemark::takes_other_suites));
}

TEST_F(EndpointServersTest, openssl_without_tickets_or_sessions_resumes_nobody) {
  const EndpointGrade grade = graded_openssl({"-no_ticket", "-num_tickets", "0", "-no_cache"});
  EXPECT_TRUE(grade.takes(Probe::tls13));
  EXPECT_EQ(grade.resumption, Seen::no);
}

TEST_F(EndpointServersTest, openssl_that_demands_a_certificate) {
  for (const char* version : {"-tls1_3", "-tls1_2"}) {
    const EndpointGrade grade =
        graded_openssl({version, "-Verify", "3", "-verify_return_error", "-CAfile", path("terminals.pem")});
    const Probe probe = std::string(version) == "-tls1_3" ? Probe::tls13 : Probe::tls12;
    EXPECT_TRUE(grade.takes(probe)) << version << " " << grade.of(probe).words;
    EXPECT_EQ(grade.client_certificate, Asked::demanded) << version;
    EXPECT_TRUE(grade.certificate) << version;
  }
}

TEST_F(EndpointServersTest, openssl_that_asks_for_a_certificate_and_goes_on_without) {
  EXPECT_EQ(graded_openssl({"-verify", "3"}).client_certificate, Asked::asked);
}

TEST_F(EndpointServersTest, openssl_that_staples) {
  const support::Issued own = box.cloud_server();
  const std::vector<std::uint8_t> answer = box.cloud_ca.status_answer(own);
  show(own);
  write("answer.der", std::string(answer.begin(), answer.end()));
  for (const char* version : {"-tls1_3", "-tls1_2"})
    EXPECT_EQ(graded_openssl({version, "-status_file", path("answer.der")}).stapled, Seen::yes) << version;
}

TEST_F(EndpointServersTest, openssl_with_another_name) {
  show(box.cloud_server({.alternative_names = "DNS:other.example"}));
  const EndpointGrade grade = graded_openssl({});
  ASSERT_TRUE(grade.certificate);
  EXPECT_FALSE(grade.certificate->carries_name);
}

TEST_F(EndpointServersTest, gnutls_of_tls_1_2_alone) {
  const EndpointGrade grade = graded_gnutls("NORMAL:-VERS-ALL:+VERS-TLS1.2");
  EXPECT_TRUE(grade.refuses(Probe::tls13)) << grade.of(Probe::tls13).words;
  EXPECT_THAT(grade.of(Probe::tls12).words, StartsWith("TLSv1.2 ECDHE-ECDSA-"));
  EXPECT_TRUE(grade.takes(Probe::other_suites)) << "AES in CBC mode is in its normal list";
  EXPECT_TRUE(grade.refuses(Probe::older)) << grade.of(Probe::older).words;
  EXPECT_TRUE(grade.certificate);
  EXPECT_THAT(model::remarks_on(grade), testing::Contains(model::EndpointRemark::profile_refused));
}

TEST_F(EndpointServersTest, gnutls_with_the_profiles_suites_alone) {
  const EndpointGrade grade = graded_gnutls(
      "NONE:+VERS-TLS1.3:+VERS-TLS1.2:+ECDHE-ECDSA:+AES-256-GCM:+AEAD:+GROUP-ALL:+SIGN-ALL:+COMP-NULL");
  EXPECT_TRUE(grade.takes(Probe::tls13)) << grade.of(Probe::tls13).words;
  EXPECT_TRUE(grade.takes(Probe::tls12)) << grade.of(Probe::tls12).words;
  EXPECT_TRUE(grade.refuses(Probe::other_suites)) << grade.of(Probe::other_suites).words;
  EXPECT_TRUE(grade.refuses(Probe::older));
}

TEST_F(EndpointServersTest, what_sends_without_end_is_not_listened_to_for_long) {
  const model::Endpoint at = free_endpoint();
  const std::string flood =
      "import socketserver\n"
      "class Flood(socketserver.BaseRequestHandler):\n"
      "    def handle(self):\n"
      "        while True: self.request.sendall(b'\\x16\\x03\\x03\\x00\\x01\\x02' * 10000)\n"
      "socketserver.ThreadingTCPServer(('127.0.0.1', " +
      std::to_string(at.port) + "), Flood).serve_forever()\n";
  const EndpointGrade grade = graded(at, {"python3", "-c", flood});
  for (const model::Probed& one : grade.probes)
    EXPECT_NE(one.answer, model::Probed::Answer::agreed) << one.words;
}

TEST_F(EndpointServersTest, what_speaks_no_tls_refuses_everything) {
  const model::Endpoint at = free_endpoint();
  const EndpointGrade grade =
      graded(at, {"python3", "-m", "http.server", "--bind", "127.0.0.1", std::to_string(at.port)});
  for (const model::Probed& one : grade.probes)
    EXPECT_NE(one.answer, model::Probed::Answer::agreed) << one.words;
  EXPECT_FALSE(grade.certificate);
}

}  // namespace
}  // namespace gw
