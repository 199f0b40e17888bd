// What is open in the editor, and the file system as the editor sees it: the texts of open
// documents in place of what is saved.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "linter/base/files.h"
#include "linter/lsp/judge.h"
#include "linter/lsp/text_document.h"

namespace cagelint::lsp {

using Clock = std::chrono::steady_clock;

struct Document {
  std::string uri;  // as the client spells it
  std::string language;
  std::int64_t version = 0;
  TextDocument text;
  // Absolute; of what is in no file a name that nothing else has. "" where the document is none
  // that is linted: one of another scheme.
  std::string path;
  std::string root;  // the folder that it is linted in, absolute

  bool is_stale = true;                  // `judged` is not of this text, or of other surroundings
  std::optional<Clock::time_point> due;  // when it is to be judged; nothing: not until it is asked
  std::shared_ptr<const Judged> judged;  // the last; null before the first
  std::shared_ptr<const Judged> good;    // the last without a syntax error
  std::shared_ptr<const Judged> fixes;   // of the text of `judged`, with fixes; where asked for
  std::chrono::microseconds cost{0};     // of the last judgement
  std::uint64_t judgement = 0;           // counts them
  std::set<std::string> related;         // files of which its last answer said what is in them
};

// The absolute paths that a judgement asked for, whether they are there or not.
using Asked = std::set<std::string, std::less<>>;

class Workspace {
 public:
  explicit Workspace(base::FileSystem files) : files_(std::move(files)) {}

  // Absolute paths. A folder that is not there is no harm.
  void AddFolder(std::string path) { folders_.insert(std::move(path)); }
  void RemoveFolder(const std::string& path) { folders_.erase(path); }
  const std::set<std::string>& Folders() const { return folders_; }

  // Replaces one of the same URI.
  Document& Open(std::string uri, std::string language, std::int64_t version, std::string text);
  void Close(const std::string& uri) { documents_.erase(uri); }
  // Null where it is not open.
  Document* Find(const std::string& uri);
  Document* FindPath(std::string_view path);
  std::map<std::string, Document, std::less<>>& Documents() { return documents_; }
  const std::map<std::string, Document, std::less<>>& Documents() const { return documents_; }
  // Looks for the folder of each document again.
  void FindRoots();

  // The files as they are seen from the folder `root`. Both `this` and `asked` must outlive it;
  // `asked` may be null.
  base::FileSystem ViewFrom(const std::string& root, Asked* asked);

 private:
  std::string RootOf(const Document& document) const;

  base::FileSystem files_;
  std::set<std::string> folders_;
  std::map<std::string, Document, std::less<>> documents_;
};

}  // namespace cagelint::lsp
