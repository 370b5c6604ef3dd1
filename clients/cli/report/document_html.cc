#include <libxml/HTMLtree.h>
#include <libxml/tree.h>

#include <memory>

#include "absl/strings/str_cat.h"
#include "clients/cli/report/document.h"

namespace tuoyu::cli {
namespace {

// Lines break in cells; what is printed has no screen to scroll.
constexpr char kStyle[] =
    "@page{size:A4 landscape;margin:14mm 12mm}"
    "body{font-family:\"Noto Serif CJK SC\",\"Source Han Serif SC\",SimSun,serif;font-size:10.5pt;"
    "color:#000;max-width:273mm;margin:0 auto;line-height:1.45}"
    "h1{font-size:18pt;text-align:center;margin:8mm 0 1mm}"
    ".period{text-align:center;font-size:12pt;margin:0 0 4mm}"
    ".facts{display:flex;flex-wrap:wrap;margin:0 0 2mm}.facts div{margin-right:8mm}"
    "h2{font-size:13pt;margin:6mm 0 1mm;break-after:avoid}"
    "p{margin:1mm 0}"
    "table{border-collapse:collapse;width:100%;margin:1mm 0;font-size:9.5pt}"
    "th,td{border:0.5pt solid #000;padding:0.8mm 1.2mm;vertical-align:top;text-align:left;"
    "overflow-wrap:anywhere}"
    "th{background:#eee;text-align:center;vertical-align:middle}"
    "td.n{text-align:right;white-space:nowrap;overflow-wrap:normal}"
    "thead{display:table-header-group}tr{break-inside:avoid}"
    ".sign{display:flex;flex-wrap:wrap;margin:10mm 0 4mm;break-inside:avoid}"
    ".sign div{flex:1 0 60mm;padding-bottom:8mm}";

const xmlChar* Chars(const char* text) { return reinterpret_cast<const xmlChar*>(text); }

xmlNodePtr AddElement(xmlNodePtr parent, const char* name, const char* html_class = nullptr) {
  xmlNodePtr node = xmlNewChild(parent, nullptr, Chars(name), nullptr);
  if (html_class != nullptr) xmlNewProp(node, Chars("class"), Chars(html_class));
  return node;
}

xmlNodePtr AddText(xmlNodePtr parent, const char* name, absl::string_view text,
                   const char* html_class = nullptr) {
  xmlNodePtr node = AddElement(parent, name, html_class);
  const std::string shown = Printable(text);
  xmlAddChild(node, xmlNewTextLen(Chars(shown.data()), static_cast<int>(shown.size())));
  return node;
}

void AddTable(const DocumentSection& section, xmlNodePtr body) {
  xmlNodePtr table = AddElement(body, "table");
  xmlNodePtr head = AddElement(AddElement(table, "thead"), "tr");
  for (const DocumentColumn& column : section.columns) AddText(head, "th", column.title);
  xmlNodePtr rows = AddElement(table, "tbody");
  for (const std::vector<std::string>& row : section.rows) {
    xmlNodePtr line = AddElement(rows, "tr");
    for (size_t i = 0; i < section.columns.size(); ++i) {
      const bool number = section.columns[i].kind == DocumentColumn::Kind::kNumber;
      AddText(line, "td", row[i], number ? "n" : nullptr);
    }
  }
}

void AddSection(const DocumentSection& section, xmlNodePtr body) {
  AddText(body, "h2", section.title);
  for (const std::string& paragraph : section.paragraphs) AddText(body, "p", paragraph);
  if (section.columns.empty()) return;
  if (section.rows.empty()) {
    AddText(body, "p", section.if_empty);
  } else {
    AddTable(section, body);
  }
}

void AddBody(const Document& document, xmlNodePtr body) {
  AddText(body, "h1", document.title);
  AddText(body, "p", document.subtitle, "period");
  xmlNodePtr facts = AddElement(body, "div", "facts");
  for (const auto& [label, value] : document.facts) {
    AddText(facts, "div",
            absl::StrCat(label, document.language == Language::kChinese ? "：" : ": ", value));
  }
  for (const DocumentSection& section : document.sections) {
    if (section.printed) AddSection(section, body);
  }
  xmlNodePtr sign = AddElement(body, "div", "sign");
  for (const std::string& label : document.signatures) AddText(sign, "div", label);
}

}  // namespace

std::string RenderHtml(const Document& document) {
  const std::unique_ptr<xmlDoc, decltype(&xmlFreeDoc)> page(htmlNewDocNoDtD(nullptr, nullptr),
                                                            &xmlFreeDoc);
  xmlCreateIntSubset(page.get(), Chars("html"), nullptr, nullptr);
  xmlNodePtr root = xmlNewNode(nullptr, Chars("html"));
  xmlDocSetRootElement(page.get(), root);
  xmlNewProp(root, Chars("lang"), Chars(document.language == Language::kChinese ? "zh-CN" : "en"));
  xmlNodePtr head = AddElement(root, "head");
  htmlSetMetaEncoding(page.get(), Chars("UTF-8"));
  AddText(head, "title", absl::StrCat(document.title, " ", document.subtitle));
  AddText(head, "style", kStyle);
  AddBody(document, AddElement(root, "body"));
  xmlChar* bytes = nullptr;
  int size = 0;
  htmlDocDumpMemoryFormat(page.get(), &bytes, &size, 1);
  std::string html(reinterpret_cast<const char*>(bytes), static_cast<size_t>(size));
  xmlFree(bytes);
  return html;
}

}  // namespace tuoyu::cli
