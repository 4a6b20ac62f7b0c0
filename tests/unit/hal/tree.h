#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>

#include "hal/places.h"

namespace gw::hal {

/// A folder with what a kernel would show of some board; gone with the object.
class Tree {
 public:
  Tree() {
    if (::mkdtemp(root_.data()) == nullptr) throw std::runtime_error("mkdtemp");
  }
  ~Tree() { std::filesystem::remove_all(root_); }
  Tree(const Tree&) = delete;
  Tree& operator=(const Tree&) = delete;

  Tree& file(const std::string& path, const std::string& text) {
    std::filesystem::create_directories(std::filesystem::path(at(path)).parent_path());
    std::ofstream(at(path)) << text;
    return *this;
  }
  Tree& link(const std::string& path, const std::string& target) {
    std::filesystem::create_directories(std::filesystem::path(at(path)).parent_path());
    std::filesystem::create_symlink(target, at(path));
    return *this;
  }
  std::string read(const std::string& path) const {
    std::ifstream file(at(path));
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
  }
  /// A network card as sysfs has it: its device at `where` beneath devices, on that bus.
  Tree& card(const std::string& interface, const std::string& where, const std::string& bus,
             const std::string& driver) {
    const std::string device = "sys/devices/" + where;
    std::filesystem::create_directories(at(device));
    if (!std::filesystem::exists(at(device + "/subsystem"))) link(device + "/subsystem", "/bus/" + bus);
    link(device + "/driver", "/drivers/" + driver);
    file(device + "/net/" + interface + "/address", "02:00:00:00:00:01\n");
    link(device + "/net/" + interface + "/device", at(device));
    return link("sys/class/net/" + interface, at(device + "/net/" + interface));
  }
  Tree& bridge(const std::string& where, const std::string& bus) {
    std::filesystem::create_directories(at("sys/devices/" + where));
    return link("sys/devices/" + where + "/subsystem", "/bus/" + bus);
  }

  std::string at(const std::string& path) const { return root_ + "/" + path; }
  std::string root() const { return root_; }
  Places places() const { return Places::beneath(root_); }

 private:
  std::string root_ = std::filesystem::temp_directory_path().string() + "/boardXXXXXX";
};

}  // namespace gw::hal
