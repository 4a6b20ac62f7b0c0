#include "config/source.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <sstream>
#include <string>
#include <utility>

#include "config/scan.h"
#include "config/tree_builder.h"

namespace gw::config {
namespace {

/// What yaml-cpp reports, handed to the builder; refuses what plain data does not need.
class Events : public YAML::EventHandler {
 public:
  Events(std::string_view text, Problems& problems)
      : text_(text), lines_(text), problems_(problems), builder_(problems) {}

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (++documents_ == 2)
      problems_.add(at(mark), ErrorCode::config_syntax,
                    "a second document begins here, or a stray character; keep one document a file");
  }
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    scalar(mark, "?", anchor, Node::Kind::nothing, {});
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
    refuse_alias(mark);
    if (documents_ == 1) builder_.leaf(broken(mark));
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    scalar(mark, tag, anchor, Node::Kind::text, value);
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    open(mark, tag, anchor, Node::Kind::list);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    open(mark, tag, anchor, Node::Kind::map);
  }
  void OnMapEnd() override { close(); }

  Position at(const YAML::Mark& mark) const {
    if (mark.is_null() || mark.line < 0 || mark.column < 0) return {1, 1};
    return lines_.position(static_cast<std::size_t>(mark.line), static_cast<std::size_t>(mark.column));
  }
  std::optional<Node> take() { return builder_.take(); }
  bool too_deep() const { return builder_.too_deep(); }

 private:
  Node broken(const YAML::Mark& mark) const { return {Node::Kind::broken, at(mark), {}, {}, {}}; }

  void refuse_alias(const YAML::Mark& mark) {
    problems_.add(at(mark), ErrorCode::config_alias,
                  "anchors, aliases and merge keys are not read; write the value out");
  }

  /// The mark of a tagged value is its first property, so an exclamation mark there is a tag.
  bool plain(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor) {
    if (anchor != YAML::NullAnchor) {
      refuse_alias(mark);
      return false;
    }
    const auto position = static_cast<std::size_t>(mark.pos < 0 ? 0 : mark.pos);
    const bool marked = position < text_.size() && text_[position] == '!';
    if (marked || (!tag.empty() && tag != "?" && tag != "!")) {
      problems_.add(at(mark), ErrorCode::config_alias, "tags are not read; write the value without one");
      return false;
    }
    return true;
  }

  void scalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, Node::Kind kind,
              const std::string& value) {
    if (documents_ > 1) return;
    const bool usable = plain(mark, tag, anchor);
    if (usable && is_clean_text(value)) return builder_.leaf({kind, at(mark), value, {}, {}});
    if (usable)
      problems_.add(at(mark), ErrorCode::config_value_format,
                    "control characters and line breaks do not belong in a value; write it on one line");
    builder_.leaf(broken(mark));
  }

  void open(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, Node::Kind kind) {
    if (documents_ > 1) return;
    plain(mark, tag, anchor);
    builder_.open(kind, at(mark));
  }
  void close() {
    if (documents_ == 1) builder_.close();
  }

  std::string_view text_;
  Lines lines_;
  Problems& problems_;
  TreeBuilder builder_;
  int documents_ = 0;
};

/// The one place where a library throws (architecture 6.1). False when it did.
bool parse(std::string_view text, Events& events, Problems& problems) {
  std::istringstream stream{std::string(text)};
  try {
    YAML::Parser parser(stream);
    // Asked twice at most: before a stray comma yaml-cpp finds empty documents without end.
    if (parser.HandleNextDocument(events)) parser.HandleNextDocument(events);
    return true;
  } catch (const YAML::Exception& fault) {
    if (!events.too_deep())
      problems.add(
          events.at(fault.mark), ErrorCode::config_syntax,
          "this is not YAML (" + fault.msg + "); look at the indentation, quotes and colons here and above");
    return false;
  }
}

}  // namespace

std::optional<Node> read_source(std::string_view text, Problems& problems) {
  const auto scanned = scan(text, problems);
  if (!scanned) return std::nullopt;
  Events events(*scanned, problems);
  if (!parse(*scanned, events, problems)) return std::nullopt;
  return events.take();
}

}  // namespace gw::config
