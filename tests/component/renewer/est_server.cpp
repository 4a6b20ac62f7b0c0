#include "component/renewer/est_server.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace gw::renewer {
namespace {

constexpr const char* kProgram = GW_SOURCE_DIR "/tests/support/est/est_server.py";

std::pair<UniqueFd, UniqueFd> make_pipe() {
  std::array<int, 2> ends{};
  EXPECT_EQ(::pipe2(ends.data(), O_CLOEXEC), 0);
  return {UniqueFd(ends[0]), UniqueFd(ends[1])};
}

}  // namespace

EstServer::EstServer() {
  char name[] = "/tmp/est-XXXXXX";
  folder_ = ::mkdtemp(name);
  start();
}

EstServer::~EstServer() {
  kill();
  std::filesystem::remove_all(folder_);
}

void EstServer::start() {
  auto [orders_in, orders_out] = make_pipe();
  auto [answers_in, answers_out] = make_pipe();
  pid_ = ::fork();
  if (pid_ == 0) {
    ::dup2(orders_in.get(), 0);
    ::dup2(answers_out.get(), 1);
    ::execl("/usr/bin/python3", "python3", "-B", kProgram, folder_.c_str(), nullptr);
    ::_exit(127);
  }
  orders_ = std::move(orders_out);
  answers_ = std::move(answers_in);
  const std::string line = read_line();
  ASSERT_EQ(line.substr(0, 6), "ready ") << line;
  port_ = static_cast<std::uint16_t>(std::stoi(line.substr(6)));
}

void EstServer::kill() {
  if (pid_ <= 0) return;
  ::kill(pid_, SIGKILL);
  ::waitpid(pid_, nullptr, 0);
  pid_ = 0;
}

std::string EstServer::order(const std::string& words) {
  const std::string line = words + "\n";
  EXPECT_EQ(::write(orders_.get(), line.data(), line.size()), static_cast<ssize_t>(line.size()));
  const std::string answer = read_line();
  EXPECT_EQ(answer.substr(0, 2), "ok") << words << ": " << answer;
  return answer.size() > 3 ? answer.substr(3) : "";
}

std::string EstServer::read_line() {
  std::string line;
  for (char c = 0; ::read(answers_.get(), &c, 1) == 1 && c != '\n';) line.push_back(c);
  return line;
}

std::string EstServer::file(const std::string& name) const {
  std::ifstream in(name.front() == '/' ? name : folder_ + "/" + name, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

UniqueFd connected_to(std::uint16_t port) {
  UniqueFd fd(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(port);
  if (::connect(fd.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) return {};
  ::fcntl(fd.get(), F_SETFL, O_NONBLOCK);
  return fd;
}

}  // namespace gw::renewer
