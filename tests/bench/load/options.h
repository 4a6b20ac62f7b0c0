#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace gw::bench {

/// Ends the program: a measurement that cannot go on has no result.
[[noreturn]] void give_up(std::string_view why);

/// The command line behind the sub-command: `--name value` pairs.
class Options {
 public:
  Options(int count, char** words);

  /// Gives up when the option is missing.
  const std::string& text(const std::string& name) const;
  std::string text(const std::string& name, std::string_view otherwise) const;
  double number(const std::string& name, double otherwise) const;
  /// What stands between the commas; none when the option is missing.
  std::vector<std::string> list(const std::string& name) const;

 private:
  std::map<std::string, std::string> values_;
};

}  // namespace gw::bench
