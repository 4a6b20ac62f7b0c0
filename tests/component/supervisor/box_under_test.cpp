#include "box_under_test.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <optional>
#include <sstream>
#include <stdexcept>

#include "support/in_child.h"
#include "sys/sealed.h"

namespace gw::supervisor {
namespace {

namespace fs = std::filesystem;
namespace msg = ipc::op;

constexpr const char* kWho = "hanako";

std::string read_file(const fs::path& path) {
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

fs::path make_folder() {
  std::string pattern = "/tmp/gw-box-XXXXXX";
  if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no folder");
  const fs::path folder = pattern;
  for (const auto& [name, dummy] : {std::pair{"conf-compile", "dummy_compile"},
                                    {"net-apply", "dummy_net_apply"},
                                    {"proxyd", "dummy_compartment"},
                                    {"dialerd", "dummy_compartment"},
                                    {"watchd", "dummy_watch"},
                                    {"isolation-probe", "dummy_probe"},
                                    {"evidence-sign", "sekisho-evidence-sign"},
                                    {"registrar", "sekisho-registrar"},
                                    {"renewer", "sekisho-renewer"},
                                    {"agent", "sekisho-agent"},
                                    {"cage", "dummy_compartment"},
                                    {"dhcp-lease", "dummy_compartment"},
                                    {"namesd", "dummy_compartment"},
                                    {"enrold", "dummy_compartment"},
                                    {"keyd", "dummy_compartment"},
                                    {"tokend", "dummy_compartment"},
                                    {"webd", "dummy_compartment"},
                                    {"packet-capture", "dummy_compartment"},
                                    {"controld", "sekisho-controld"}})
    fs::create_symlink(fs::path(GW_BINARY_DIR "/bin") / dummy, folder / (std::string("sekisho-") + name));
  return folder;
}

}  // namespace

bool eventually(const std::function<bool()>& holds) {
  const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  while (!holds()) {
    if (std::chrono::steady_clock::now() > until) return false;
    ::poll(nullptr, 0, 5);
  }
  return true;
}

ipc::Frame receive(const ipc::Channel& channel) {
  pollfd ready{channel.fd(), POLLIN, 0};
  if (::poll(&ready, 1, 120'000) != 1) throw std::runtime_error("the supervisor does not answer");
  Result<std::optional<ipc::Frame>> frame = channel.receive();
  if (!frame || !*frame) throw std::runtime_error("the supervisor ended the conversation");
  return std::move(**frame);
}

namespace {

/// Waits for the end of a publication.
std::string outcome_of(const ipc::Channel& channel) {
  const ipc::Frame answer = receive(channel);
  if (static_cast<msg::Msg>(answer.type) == msg::Msg::published)
    return "published " + std::to_string(decode<msg::Published>(answer.body)->generation.number());
  const auto rejected = decode<msg::Rejected>(answer.body);
  const auto report = sys::read_sealed(answer.fds.at(0).get(), 64 * 1024);
  return Error{rejected->code, rejected->detail}.to_text() + "\n" + std::string(as_text(*report));
}

}  // namespace

BoxUnderTest::BoxUnderTest(const std::string& script, Ground ground)
    : folder_(make_folder()), ground_(ground) {
  write(script);
  pid_ = ::fork();
  if (pid_ == 0) run(ground_);
}

void BoxUnderTest::restart() {
  signal(SIGKILL);
  end();
  pid_ = ::fork();
  if (pid_ == 0) run(ground_);
}

ipc::Channel BoxUnderTest::prove_without_waiting() const {
  ipc::Channel channel = visit();
  if (!channel.send(ipc::type_number(msg::Msg::prove), 9, {})) throw std::runtime_error("cannot ask");
  return channel;
}

Result<model::Proof> BoxUnderTest::prove() const {
  const ipc::Channel channel = prove_without_waiting();
  const ipc::Frame answer = receive(channel);
  if (static_cast<msg::Msg>(answer.type) == msg::Msg::rejected) {
    const auto rejected = decode<msg::Rejected>(answer.body);
    return Error{rejected->code, rejected->detail};
  }
  const auto bytes = sys::read_sealed(answer.fds.at(0).get(), 8u << 20);
  return decode<model::Proof>(*bytes);
}

BoxUnderTest::~BoxUnderTest() {
  if (pid_ != 0) {
    ::kill(pid_, SIGKILL);
    support::wait_status(pid_);
  }
  for (const char* ground : {"lan", "wan", "mgmt"})
    ::umount2((folder_ / "run" / "ns" / ground).c_str(), MNT_DETACH);
  fs::remove_all(folder_);
}

void BoxUnderTest::write(const std::string& script) const { std::ofstream(folder_ / "site") << script; }

void BoxUnderTest::run(Ground ground) const {
  const UniqueFd complaints(::open((folder_ / "complaints").c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
  ::dup2(complaints.get(), STDERR_FILENO);
  const std::string config = folder_ / "site", log = folder_ / "log", run_dir = folder_ / "run",
                    state_dir = folder_ / "state";
  network_.run([&] {
    ::execl(GW_BINARY_DIR "/bin/sekisho-supervisor", "sekisho-supervisor", "--config", config.c_str(),
            "--log", log.c_str(), "--run-dir", run_dir.c_str(), "--state-dir", state_dir.c_str(),
            "--programs", folder_.c_str(), ground == Ground::here ? "--here" : nullptr, nullptr);
  });
  ::_exit(126);
}

ipc::Channel BoxUnderTest::visit() const {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const std::string path = folder_ / "run" / "control";
  std::memcpy(address.sun_path, path.data(), path.size());
  UniqueFd fd(::socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0));
  const bool there = eventually(
      [&] { return ::connect(fd.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0; });
  if (!there) throw std::runtime_error("no supervisor at its socket: " + complaints());
  return ipc::Channel(std::move(fd));
}

msg::State BoxUnderTest::state() const {
  const ipc::Channel channel = visit();
  if (!channel.send(ipc::type_number(msg::Msg::status), 1, {})) throw std::runtime_error("cannot ask");
  return *decode<msg::State>(receive(channel).body);
}

bool BoxUnderTest::serves() const {
  return eventually([this] {
    const msg::State now = state();
    bool all = now.generation != model::Generation{};
    for (const msg::ProcessState& process : now.processes) all = all && process.serving && process.pid != 0;
    return all;
  });
}

cli::ChangeEditor BoxUnderTest::editor() const {
  std::optional<cli::ChangeEditor> out;
  const bool is_there = eventually([&] {
    auto editor = cli::ChangeEditor::open(folder_ / "run" / "control");
    if (editor) out.emplace(*std::move(editor));
    return out.has_value();
  });
  if (!is_there) throw std::runtime_error("no controld: " + complaints());
  return *std::move(out);
}

model::ChangeNumber BoxUnderTest::staged(const std::string& script) const {
  auto staged = editor().stage({kWho, "a test", {}}, {script, {}});
  if (!staged || !editor().check({kWho, {}, *staged})) throw std::runtime_error("cannot stage");
  return *staged;
}

template <class Body>
ipc::Channel BoxUnderTest::order(ipc::changes::Msg type, const Body& body) const {
  const ipc::Channel supervisor = visit();
  if (!supervisor.send(ipc::type_number(msg::Msg::change_configuration), 5, {}))
    throw std::runtime_error("cannot ask");
  ipc::Channel channel(std::move(receive(supervisor).fds.at(0)));
  if (!channel.send(ipc::type_number(type), 6, encode(body))) throw std::runtime_error("cannot order");
  return channel;
}

ipc::Channel BoxUnderTest::look_without_waiting(const std::string& script) const {
  const auto staged = editor().stage({kWho, "a test", {}}, {script, {}});
  if (!staged) throw std::runtime_error("cannot stage");
  return order(ipc::changes::Msg::check, ipc::changes::Act{kWho, {}, *staged});
}

ipc::Channel BoxUnderTest::publish_without_waiting(const std::string& script) const {
  return order(ipc::changes::Msg::put, ipc::changes::Put{kWho, staged(script), std::chrono::seconds(60)});
}

std::string BoxUnderTest::publish(const std::string& script) const {
  cli::ChangeEditor controld = editor();
  const auto staged = controld.stage({kWho, "a test", {}}, {script, {}});
  if (!staged) return staged.error().to_text();
  const auto looked = controld.check({kWho, {}, *staged});
  if (!looked) return looked.error().to_text();
  if (looked->change.state == model::ChangeState::refused)
    return looked->change.outcome + "\n" + looked->report;
  const auto put = controld.put({kWho, *staged, std::chrono::seconds(60)});
  if (!put) return put.error().to_text();
  if (put->token.empty()) return put->change.outcome + "\n";
  const auto kept = controld.confirm({kWho, put->token});
  return kept ? "published " + std::to_string(put->change.generation.number()) : kept.error().to_text();
}

std::string BoxUnderTest::republish() const {
  const ipc::Channel channel = visit();
  if (!channel.send(ipc::type_number(msg::Msg::republish), 5, {})) throw std::runtime_error("cannot ask");
  return outcome_of(channel);
}

std::uint32_t BoxUnderTest::pid_of(const std::string& name, const std::string& tenant) const {
  for (const msg::ProcessState& process : state().processes)
    if (process.name == name && process.tenant == tenant) return process.pid;
  return 0;
}

UniqueFd BoxUnderTest::connect(std::uint16_t port) const {
  return network_.run([port] {
    UniqueFd fd(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(fd.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) fd.reset();
    return fd;
  });
}

std::string BoxUnderTest::read_from(int socket) {
  pollfd ready{socket, POLLIN, 0};
  char buffer[64];
  if (::poll(&ready, 1, 20'000) != 1) return "no answer in time";
  const ssize_t size = ::recv(socket, buffer, sizeof buffer, 0);
  return std::string(buffer, size > 0 ? static_cast<std::size_t>(size) : 0);
}

std::string BoxUnderTest::call(std::uint16_t port) const {
  const UniqueFd fd = connect(port);
  return fd ? read_from(fd.get()) : "";
}

void BoxUnderTest::signal(int number) const { ::kill(pid_, number); }

int BoxUnderTest::end() { return support::wait_status(std::exchange(pid_, 0)); }

std::string BoxUnderTest::log() const { return read_file(folder_ / "log"); }
std::string BoxUnderTest::complaints() const { return read_file(folder_ / "complaints"); }
bool BoxUnderTest::logged(const std::string& text) const {
  return eventually([&] { return log().find(text) != std::string::npos; });
}

}  // namespace gw::supervisor
