// Which configuration is whose, and which policy holds where.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "linter/base/files.h"
#include "linter/base/source.h"
#include "linter/driver/config_file.h"
#include "linter/driver/lint.h"
#include "linter/engine/config.h"
#include "linter/model/document.h"

namespace cagelint::driver {

// Configurations are read once, and errors said once, into the request's report. Several threads
// may ask about what was prepared, while one prepares and asks for the configurations of other
// files.
class Judging {
 public:
  Judging(const Request& request, const base::FileSystem& files, base::SourceSet& sources,
          std::vector<std::string>& errors);

  struct Found {
    std::shared_ptr<const engine::Config> config;  // null: none
    bool is_broken = false;  // there is one, with errors: nothing may be judged by defaults
  };
  // The configuration for the file at `path`: the nearest, from its folder up to that of the
  // repository (which holds `.git`). Outside of a repository up to the working directory where the
  // file lies in it, otherwise its own folder's.
  const Found& ConfigFor(std::string_view path);

  // Whether a walk passes `path` by.
  bool IsExcluded(std::string_view path);

  // Reads what the questions below about `document` need. False after an error in what it asks for.
  bool Prepare(const model::Document& document);
  // The policy for what is found in `document`; null `container`: what is about the file. The
  // pointers stay valid as long as this.
  const engine::Policy* PolicyFor(const model::Document& document,
                                  const model::Container* container);

  // What the configuration ignores in `document`.
  std::vector<model::Suppression> IgnoresFor(const model::Document& document);

  // The folder of the document's file, and that of its repository (or the first again); absolute.
  std::pair<std::string, std::string> FoldersOf(const model::Document& document);

  // The configurations in use, as they are shown.
  std::vector<std::string> Used() const;
  // The baselines that they name, and that of the request before all.
  std::vector<std::string> Baselines() const;

 private:
  Found Load(const std::string& file, const std::string& root);
  std::string RootOf(const std::string& folder);
  std::string RelativeTo(const engine::Config& config, std::string_view path) const;
  const std::string& PathOf(const model::Document& document) const;
  std::vector<const engine::Section*> SectionsFor(const model::Document& document,
                                                  std::string_view container);
  const engine::Policy* BasePolicy(const model::Document& document, const std::string& container,
                                   const std::vector<const engine::Section*>& sections);
  const engine::Policy* CiPolicy();

  const Request& request_;
  const base::FileSystem& files_;
  base::SourceSet& sources_;
  std::vector<std::string>& errors_;
  std::mutex mutex_;  // of what follows; what an entry holds does not change any more
  std::map<std::string, Found, std::less<>> by_folder_;
  std::map<std::string, Found, std::less<>> by_path_;                     // of configuration files
  std::map<std::string, std::shared_ptr<const engine::Policy>> by_name_;  // of `x-cagelint`
  using Key = std::pair<const engine::Policy*, std::vector<const engine::Section*>>;
  std::map<Key, std::unique_ptr<engine::Policy>> resolved_;
};

// What a container is called in configurations: the service, or the name that the command gives.
std::string_view NameOf(const model::Container& container);

}  // namespace cagelint::driver
