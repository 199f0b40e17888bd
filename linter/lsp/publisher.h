// Tells the editor what was found, file by file, as it changes.
#pragma once

#include <map>
#include <set>
#include <string>

#include "linter/lsp/diagnostics.h"

namespace cagelint::lsp {

// For clients that do not ask themselves, or not for all.
class Publisher {
 public:
  explicit Publisher(Session& session) : session_(session) {}

  // What was found for `document`, which has been judged: in it, and in files that it loads.
  void Tell(const Document& document);
  // The same of these files alone, for a client that asks for documents and takes no others then.
  void TellOthers(const Document& document, std::map<std::string, Written> others);
  // From now on the client asks what is in this file.
  void Withdraw(const std::string& uri) { Publish(uri, {}, nullptr); }
  // The document is closed: nothing is found for it any more.
  void Forget(const std::string& uri);

 private:
  void TellOther(const std::string& uri);
  void Publish(const std::string& uri, const Written& diagnostics, const Document* document);

  Session& session_;
  // What stands in a file, by the URIs of the documents for which it was found.
  std::map<std::string, std::map<std::string, Written>> others_;
  std::set<std::string> shown_;  // the files that show something
};

}  // namespace cagelint::lsp
