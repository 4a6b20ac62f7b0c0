#pragma once

#include <functional>

#include "base/result.h"
#include "config/map_reader.h"
#include "packs/words.h"

namespace gw::packs {

/// The keys of one map, each read into its place or told as a problem. Borrows the node and the problems.
class Fields {
 public:
  Fields(const config::Node& map, config::Problems& problems) : problems_(problems), keys_(map, problems) {}

  /// One line of at most `most` characters.
  void words(std::string_view key, const char* help, std::size_t most, std::string& into) {
    keep_words(keys_.required(key, help), most, into);
  }
  void words_if_any(std::string_view key, std::size_t most, std::string& into) {
    keep_words(keys_.optional(key), most, into);
  }
  /// What `check` makes of the text.
  template <class T>
  void value(std::string_view key, const char* help, Result<T> (*check)(std::string_view), T& into) {
    keep(keys_.required(key, help), check, into);
  }
  template <class T>
  void value_if_any(std::string_view key, Result<T> (*check)(std::string_view), T& into) {
    keep(keys_.optional(key), check, into);
  }
  /// One of the words of a table, in whose order `E` is.
  template <class E>
  void choice(std::string_view key, const char* help, std::span<const config::ShownWord> words, E& into) {
    const auto* entry = keys_.required(key, help);
    const auto text = keys_.text(entry);
    if (!text) return;
    const config::ShownWord* found = config::find_word(words, *text);
    if (found == nullptr) return refuse(*entry, config::no_word_of(words, *text));
    into = static_cast<E>(found - words.data());
  }
  /// A group of keys, if it is there; its absence is told.
  const config::Node::Entry* group(std::string_view key, const char* help, std::string_view form);
  /// Each item of a list of 1 to `most`, if the key is there at all. With a `help` its absence is told.
  void each(std::string_view key, std::size_t most, const std::function<void(const config::Node&)>& take,
            const char* help = nullptr);
  /// Each text of such a list, once.
  void each_text(std::string_view key, std::size_t most,
                 const std::function<void(const config::Node&)>& take);

  void version(const config::Node& root);
  void finish() { keys_.finish(); }
  config::Problems& problems() { return problems_; }

 private:
  template <class T, class Check>
  void keep(const config::Node::Entry* entry, Check check, T& into) {
    const auto text = keys_.text(entry);
    if (!text) return;
    Result<T> checked = check(*text);
    if (checked)
      into = *std::move(checked);
    else
      refuse(*entry, checked.error());
  }
  void keep_words(const config::Node::Entry* entry, std::size_t most, std::string& into);
  void refuse(const config::Node::Entry& entry, const Error& error);

  config::Problems& problems_;
  config::MapReader keys_;
};

}  // namespace gw::packs
