// The stages of the loader that read further files: `extends` and `include`.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "linter/base/source.h"
#include "linter/input/compose_convert.h"
#include "linter/input/compose_load.h"
#include "linter/input/compose_merge.h"
#include "linter/input/compose_value.h"
#include "linter/syntax/node.h"

namespace cagelint::input::compose {

// What a file is read with.
struct Scope {
  const Variables& variables;
  int folder = 0;                     // relative paths begin here
  std::vector<std::string> included;  // the files that include it, itself last
};

// The services of one document, and those that were extended already.
struct ServiceSet {
  ValuePtr services;
  std::unordered_map<std::string, const Slot*> index;
  std::unordered_map<std::string, ValuePtr> done;
  std::unordered_map<std::string, bool> open;                 // being extended
  std::unordered_map<std::string, std::vector<Path>> resets;  // below each service
};

class Loader {
 public:
  Loader(Project& project, const Context& context);

  // The number of a folder, a path from the working directory or absolute.
  int Folder(const std::string& path);
  const syntax::Tree& TreeOf(const base::Source& source);
  // Reads .env files into `variables`; with `keep`, what is set before wins.
  void ReadEnvironment(const std::vector<std::string>& files, bool named, int folder, bool keep,
                       Variables& variables);
  // The files merged; null when none could be read.
  ValuePtr LoadModel(const std::vector<const base::Source*>& sources, const Scope& scope);

 private:
  void LoadFile(const base::Source& source, const Scope& scope, ValuePtr& model);
  std::string Resolve(const std::string& path, int folder) const;
  void Add(const Problem& problem);
  void Say(std::string kind, std::string message, base::Span span);
  void SayErrors(const syntax::Tree& tree);
  void Check(const Value& model, bool last);
  ValuePtr WithNewExternals(const ValuePtr& model);

  ValuePtr ApplyExtends(const Converted& document, const Scope& scope);
  ValuePtr Extended(ServiceSet& set, const std::string& name, const Scope& scope, int depth);
  ValuePtr Extend(ServiceSet& set, const Slot& slot, const Scope& scope, int depth);
  ServiceSet* BaseSet(const View& file, const Scope& scope);
  ValuePtr BaseServices(const base::Source& source, const View& file, int folder,
                        const Scope& scope, std::vector<Path>& resets);

  ValuePtr ApplyInclude(const ValuePtr& config, const Scope& scope);
  void IncludeOne(const View& entry, const Scope& scope, Value& into);
  void Import(const Value& from, const View& entry, Value& into);
  const base::Source* FileOf(const View& path, int folder, std::string_view what);

  Project& project_;
  const Context& context_;
  // False, and said once, when the files have more nodes than are looked at.
  bool MayRead(base::Span place);

  MergeBudget budget_;
  int visited_ = 0;
  bool stopped_ = false;
  int includes_ = 0;
  int checks_ = 0;  // of the model against the schema
  std::set<std::tuple<std::string, base::FileId, std::uint32_t>> said_;  // by these checks
  std::map<base::FileId, syntax::Tree> trees_;
  std::deque<syntax::Tree> before_;  // of files with a syntax error: what stands before it
  std::map<std::pair<base::FileId, int>, std::unique_ptr<ServiceSet>> bases_;
};

}  // namespace cagelint::input::compose
