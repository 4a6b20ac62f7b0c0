// The one file that includes CLI11: it splits the command line by the table of commands. What people are told
// about it is said here.

#include "cli/arguments.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <map>

#include "cli/options.h"
#include "cli/texts.h"
#include "config/suggest.h"

namespace gw::cli {
namespace {

using Wish = Understood::Wish;

constexpr int kMostRepeated = 100;

class Parser {
 public:
  Parser(std::span<const Command> commands, Language language) : commands_(commands), language_(language) {
    call_.language = language;
    common(root_);
    root_.add_flag_callback("--version", [this] { wish_ = Wish::version; });
    for (const Command& command : commands_) add(command);
  }
  Parser(const Parser&) = delete;
  Parser& operator=(const Parser&) = delete;

  Understood read(std::span<char* const> arguments) {
    std::vector<std::string> words(arguments.rbegin(), arguments.rend());  // CLI11 takes them from behind
    std::string complaint;
    try {
      root_.parse(std::move(words));
    } catch (const CLI::ExtrasError&) {
      complaint = strange();
    } catch (const CLI::ConversionError&) {
      complaint = say(Text::takes_value, {wrong_->name, wrong_->value});
    } catch (const CLI::ArgumentMismatch& error) {
      const std::string what = error.what();  // "--name: 1 required …"
      complaint = say(Text::needs_value, {what.substr(0, what.find(':'))});
    } catch (const CLI::ParseError& error) {
      complaint = error.what();
    }
    return judged(std::move(complaint));
  }

 private:
  std::string say(Text text, std::initializer_list<std::string_view> values = {}) const {
    return said(language_, text, values);
  }

  void common(CLI::App& app) {
    app.set_help_flag();
    app.add_flag_callback("-h,--help", [this] { wish_ = Wish::help; });
    app.require_subcommand(0, 1);
    if (&app != &root_) return;
    for (const OptionId id : {OptionId::output, OptionId::lang}) everywhere_.push_back(option(id));
    for (const Option& one : everywhere_) add(app, one);
  }
  CLI::App& place_of(std::string_view words) {
    const auto found = apps_.find(words);
    if (found != apps_.end()) return *found->second;
    const std::size_t space = words.rfind(' ');
    const bool is_alone = space == std::string_view::npos;
    CLI::App& above = is_alone ? root_ : place_of(words.substr(0, space));
    CLI::App& made = *above.add_subcommand(std::string(is_alone ? words : words.substr(space + 1)));
    common(made);
    apps_.emplace(words, &made);
    return made;
  }
  void add(const Command& command) {
    CLI::App& app = place_of(command.words);
    for (const Option& one : command.options) add(app, one);
    const auto keep = [this](const CLI::results_t& words) {
      call_.files.insert(call_.files.end(), words.begin(), words.end());
      return true;
    };
    for (std::size_t i = 0; i < command.operands.size(); ++i) {
      CLI::Option* operand = app.add_option("operand" + std::to_string(i), keep);
      if (is_repeated(command.operands[i])) operand->expected(1, kMostRepeated)->allow_extra_args();
    }
  }
  void add(CLI::App& app, const Option& one) {
    const auto take = [this, &one](const CLI::results_t& values) {
      const std::vector<std::string> choices = choices_of(one);
      wrong_ = &one;
      return std::ranges::all_of(values, [&](const std::string& value) {
        return (choices.empty() || std::ranges::find(choices, value) != choices.end()) &&
               one.set(call_, value);
      });
    };
    if (one.is_flag()) return void(app.add_flag_callback(one.name, [this, &one] { one.set(call_, {}); }));
    CLI::Option* option = app.add_option(one.name, take);
    one.repeats ? option->take_all()->allow_extra_args(false) : option->take_last();
  }

  /// As far as they name anything: "config", "config check".
  std::string words() const {
    std::string out;
    for (const CLI::App* app = &root_; !app->get_subcommands().empty();) {
      app = app->get_subcommands().front();
      out.append(out.empty() ? "" : " ").append(app->get_name());
    }
    return out;
  }
  const Command* named(std::string_view words) const {
    const auto found = std::ranges::find(commands_, words, &Command::words);
    return found == commands_.end() ? nullptr : &*found;
  }
  /// What may stand behind these words.
  std::vector<std::string_view> next_of(std::string_view words) const {
    std::vector<std::string_view> out;
    for (const Command& command : commands_) {
      std::string_view rest = command.words;
      if (!words.empty()) {
        if (!rest.starts_with(words) || rest.size() == words.size() || rest[words.size()] != ' ') continue;
        rest.remove_prefix(words.size() + 1);
      }
      rest = rest.substr(0, rest.find(' '));
      if (out.empty() || out.back() != rest) out.push_back(rest);
    }
    return out;
  }

  std::string meant(std::string_view written, const std::vector<std::string_view>& known) const {
    const std::string_view nearest = config::nearest(written, known);
    return nearest.empty() ? "" : say(Text::did_you_mean, {nearest});
  }
  /// Something that has no place here.
  std::string strange() const {
    const std::string first = root_.remaining(true).front(), before = words();
    const Command* command = named(before);
    if (first.starts_with("-")) return strange_option(first.substr(0, first.find('=')), command);
    if (command != nullptr) return say(Text::write_it_as, {usage(*command)});
    return say(Text::no_command, {before.empty() ? first : before + " " + first}) +
           meant(first, next_of(before));
  }
  std::string strange_option(const std::string& name, const Command* command) const {
    std::vector<std::string_view> known{"--help"};
    for (const Option& one : command != nullptr ? command->options : everywhere_) known.push_back(one.name);
    const std::string sentence = command == nullptr ? say(Text::no_option_alone, {name})
                                                    : say(Text::no_option, {name, command->words});
    return sentence + meant(name, known);
  }
  /// What is still wrong when every word has its place; empty if nothing is.
  std::string lacking(const Command& command) const {
    if (call_.files.size() < command.fewest()) return say(Text::write_it_as, {usage(command)});
    for (const Option& one : command.options)
      if (one.is_needed && root_option(command, one.name).count() == 0)
        return say(Text::needs_option, {one.name, one.value});
    return {};
  }
  const CLI::Option& root_option(const Command& command, const std::string& name) const {
    return *apps_.find(command.words)->second->get_option(name);
  }

  Understood judged(std::string complaint) {
    const std::string found = words();
    if (wish_ != Wish::run) return {{}, {}, wish_, found};
    const Command* command = named(found);
    if (complaint.empty() && command == nullptr) {
      std::string all;
      for (const std::string_view one : next_of(found)) all.append(all.empty() ? "" : ", ").append(one);
      complaint = found.empty() ? say(Text::say_what) : say(Text::say_which, {found, all});
    }
    if (complaint.empty()) complaint = lacking(*command);
    if (!complaint.empty()) return {{}, std::move(complaint), Wish::run, found};
    call_.operation = command->operation;
    return {Choice{command, std::move(call_)}, {}, Wish::run, found};
  }

  std::span<const Command> commands_;
  Language language_;
  Call call_{};
  Wish wish_ = Wish::run;
  const Option* wrong_ = nullptr;
  std::vector<Option> everywhere_{};
  CLI::App root_{};
  std::map<std::string, CLI::App*, std::less<>> apps_{};
};

}  // namespace

Language language_in(std::span<char* const> arguments, Language otherwise) {
  constexpr std::string_view kName = "--lang", kAttached = "--lang=";
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string_view word = arguments[i];
    if (word.starts_with(kAttached)) return language_of(word.substr(kAttached.size()));
    if (word == kName && i + 1 < arguments.size()) return language_of(arguments[i + 1]);
  }
  return otherwise;
}

Understood understand(std::span<const Command> commands, std::span<char* const> arguments,
                      Language language) {
  return Parser(commands, language_in(arguments, language)).read(arguments);
}

}  // namespace gw::cli
