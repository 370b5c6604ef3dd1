#include "common/data/yaml_tree.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <set>
#include <sstream>
#include <stdexcept>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "common/base/status.h"
#include "common/data/source_error.h"

namespace tuoyu::data {
namespace {

constexpr size_t kMaxDepth = 64;
constexpr int kMaxNodes = 200000;

// False if `text` starts with a quote that is never closed: yaml-cpp takes the end of the input for the closing quote.
bool QuoteEnds(absl::string_view text) {
  if (text.empty() || (text[0] != '"' && text[0] != '\'')) {
    return true;
  }
  const char quote = text[0];
  for (size_t i = 1; i < text.size(); ++i) {
    const bool escape =
        quote == '"' ? text[i] == '\\' : text[i] == quote && text.substr(i + 1, 1) == "'";
    if (escape) {
      ++i;
    } else if (text[i] == quote) {
      return true;
    }
  }
  return false;
}

// A fault the builder finds; caught with yaml-cpp's own at the border below.
class Refused : public std::runtime_error {
 public:
  Refused(int line, const std::string& reason) : std::runtime_error(reason), line_(line) {}
  int line() const { return line_; }

 private:
  int line_;
};

// Builds the tree from yaml-cpp's events. Throws Refused.
class TreeBuilder final : public YAML::EventHandler {
 public:
  explicit TreeBuilder(absl::string_view text) : text_(text) {}

  YamlNode Take() { return std::move(root_); }

  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    Add(Node(YamlNode::Kind::kNull, mark, "", anchor));
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
    throw Refused(mark.line + 1, "不支持别名 (aliases are not supported)");
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    YamlNode node = Node(YamlNode::Kind::kScalar, mark, tag, anchor);
    node.plain = tag != "!";
    if (!node.plain && !QuoteEnds(text_.substr(std::min<size_t>(mark.pos, text_.size())))) {
      throw Refused(node.line, "引号没有结束 (the quoted text does not end)");
    }
    if (value.find('\0') != std::string::npos) {
      throw Refused(node.line, "含空字符 (holds a NUL character)");
    }
    node.scalar = value;
    Add(std::move(node));
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    Open(Node(YamlNode::Kind::kSequence, mark, tag, anchor));
  }
  void OnSequenceEnd() override { Close(); }

  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    Open(Node(YamlNode::Kind::kMap, mark, tag, anchor));
  }
  void OnMapEnd() override { Close(); }

 private:
  // A collection being filled; `key` waits for its value.
  struct Collection {
    YamlNode node;
    YamlNode key;
    bool has_key = false;
    std::set<std::string> keys;
  };

  YamlNode Node(YamlNode::Kind kind, const YAML::Mark& mark, const std::string& tag,
                YAML::anchor_t anchor) {
    YamlNode node;
    node.kind = kind;
    node.line = mark.line + 1;
    if (anchor != 0) {
      throw Refused(node.line, "不支持锚点 (anchors are not supported)");
    }
    // "?" marks a plain scalar or collection, "!" a quoted scalar.
    if (!tag.empty() && tag != "?" && tag != "!") {
      throw Refused(node.line, "不支持类型标签 (tags are not supported)");
    }
    if (++nodes_ > kMaxNodes) {
      throw Refused(node.line, "内容过多 (too many nodes)");
    }
    return node;
  }

  void Open(YamlNode node) {
    if (open_.size() >= kMaxDepth) {
      throw Refused(node.line, "嵌套过深 (nested too deeply)");
    }
    open_.push_back({std::move(node), YamlNode(), false, {}});
  }

  void Close() {
    YamlNode node = std::move(open_.back().node);
    open_.pop_back();
    Add(std::move(node));
  }

  void Add(YamlNode node) {
    if (open_.empty()) {
      root_ = std::move(node);
      return;
    }
    Collection& parent = open_.back();
    if (parent.node.kind == YamlNode::Kind::kSequence) {
      parent.node.items.push_back(std::move(node));
    } else if (parent.has_key) {
      parent.node.entries.push_back({std::move(parent.key), std::move(node)});
      parent.has_key = false;
    } else {
      SetKey(parent, std::move(node));
    }
  }

  void SetKey(Collection& parent, YamlNode key) {
    if (key.kind != YamlNode::Kind::kScalar) {
      throw Refused(key.line, "键应为文字 (a key is a scalar)");
    }
    if (!parent.keys.insert(key.scalar).second) {
      throw Refused(key.line, absl::StrCat("键重复 (the key is given twice): ", key.scalar));
    }
    parent.key = std::move(key);
    parent.has_key = true;
  }

  absl::string_view text_;
  YamlNode root_;
  std::vector<Collection> open_;
  int nodes_ = 0;
};

}  // namespace

absl::StatusOr<YamlNode> ParseYaml(absl::string_view text, absl::string_view file) {
  ASSIGN_OR_RETURN(const std::string clean, CleanText(text, file));
  try {
    std::istringstream stream(clean);
    YAML::Parser parser(stream);
    TreeBuilder builder(clean);
    if (!parser.HandleNextDocument(builder)) {
      return SourceError(file, 1, "文件为空 (the document is empty)");
    }
    YamlNode root = builder.Take();
    TreeBuilder second(clean);
    if (parser.HandleNextDocument(second)) {
      return SourceError(file, second.Take().line,
                         "只能有一个文档 (there is more than one document)");
    }
    return root;
  } catch (const Refused& refused) {
    return SourceError(file, refused.line(), refused.what());
  } catch (const YAML::Exception& exception) {
    return SourceError(file, exception.mark.is_null() ? 1 : exception.mark.line + 1,
                       absl::StrCat("YAML 格式错误 (not well-formed YAML): ", exception.msg));
  }
}

}  // namespace tuoyu::data
