#include <algorithm>
#include <array>

#include "base/text.h"
#include "config/tree.h"

namespace gw::config {
namespace {

bool is_plain_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view(" ._/:+=@-").find(c) != std::string_view::npos;
}

/// May stand without quotes in a list as well as after a key, and reads back as the same text.
bool is_plain(std::string_view text) {
  static constexpr std::array<std::string_view, 4> kNulls{"null", "Null", "NULL", "~"};
  if (text.empty() || !std::all_of(text.begin(), text.end(), is_plain_letter)) return false;
  if (std::find(kNulls.begin(), kNulls.end(), text) != kNulls.end()) return false;
  const char first = text.front();
  const bool starts_well =
      first != ' ' && first != ':' && first != '-' && first != '=' && first != '@' && first != '.';
  return starts_well && text.back() != ' ' && text.back() != ':' && text.find(": ") == std::string_view::npos;
}

std::string scalar(const Node& node) {
  if (is_plain(node.text)) return node.text;
  std::string quoted_text;
  append_json_string(quoted_text, node.text);  // every JSON string is a YAML double-quoted one
  return quoted_text;
}

bool is_leaf(const Node& node) { return node.kind != Node::Kind::list && node.kind != Node::Kind::map; }

/// A list of values stands in one line.
std::string flow(const Node& list) {
  std::string out = "[";
  for (const Node& item : list.items) out.append(out.size() > 1 ? ", " : "").append(scalar(item));
  return out.append("]");
}

class YamlText {
 public:
  void map(const Node& node, std::size_t indent, bool in_list_item) {
    bool first = in_list_item;
    for (const Node::Entry& entry : node.entries) {
      if (!first) out_.append(indent, ' ');
      first = false;
      out_.append(entry.key).append(":");
      value(entry.value, indent + 2);
    }
  }
  std::string take() { return std::move(out_); }

 private:
  void value(const Node& node, std::size_t indent) {
    if (is_leaf(node)) {
      out_.append(" ").append(scalar(node)).append("\n");
    } else if (node.kind == Node::Kind::map) {
      out_.append("\n");
      map(node, indent, false);
    } else if (std::all_of(node.items.begin(), node.items.end(), is_leaf)) {
      out_.append(" ").append(flow(node)).append("\n");
    } else {
      out_.append("\n");
      for (const Node& item : node.items) {
        out_.append(indent, ' ').append("- ");
        if (is_leaf(item))
          out_.append(scalar(item)).append("\n");
        else
          map(item, indent + 2, true);
      }
    }
  }

  std::string out_;
};

/// What stands in the group that holds `inside` as well.
struct LaidOpen {
  std::string_view inside;
  std::string_view key;
};
constexpr LaidOpen kLaidOpen[] = {
    {"match", "uri"}, {"match", "dns"}, {"match", "email"}, {"downstream", "server_names"}};

class JsonText {
 public:
  void value(const Node& node) {
    switch (node.kind) {
      case Node::Kind::number:
        out_.append(node.text);
        break;
      case Node::Kind::flag:
        out_.append(node.text == "on" ? "true" : "false");
        break;
      case Node::Kind::list:
        list(node);
        break;
      case Node::Kind::map:
        out_.append("{");
        entries(node);
        out_.append("}");
        break;
      default:
        append_json_string(out_, node.text);
    }
  }
  std::string take() { return std::move(out_); }

 private:
  void separate() {
    if (out_.back() != '{' && out_.back() != '[') out_.append(",");
  }
  void list(const Node& node) {
    out_.append("[");
    for (const Node& item : node.items) {
      separate();
      value(item);
    }
    out_.append("]");
  }
  void entries(const Node& node) {
    for (const Node::Entry& entry : node.entries) {
      member(entry);
      for (const Node::Entry& inner : entry.value.entries)
        for (const LaidOpen& open : kLaidOpen)
          if (open.inside == entry.key && open.key == inner.key) member(inner);
    }
  }
  void member(const Node::Entry& entry) {
    separate();
    append_json_string(out_, entry.key);
    out_.append(":");
    value(entry.value);
  }

  std::string out_;
};

}  // namespace

std::string to_yaml(const Node& tree) {
  YamlText text;
  text.map(tree, 0, false);
  return text.take();
}

std::string to_json(const Node& tree) {
  JsonText text;
  text.value(tree);
  return text.take();
}

}  // namespace gw::config
