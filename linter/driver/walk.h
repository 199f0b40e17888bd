// Paths on the command line → the files that may matter, in a fixed order. Spread over threads.
#pragma once

#include <atomic>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "linter/base/files.h"
#include "linter/driver/ignored.h"
#include "linter/engine/report.h"

namespace cagelint::driver {

class ScanCache;

// Seen by others while a run goes on.
struct Progress {
  std::atomic<std::size_t> seen{0};    // files met while walking
  std::atomic<std::size_t> linted{0};  // files read by a reader
};

struct WalkOptions {
  // What is named and there is met, as if the working directory were walked and only these were in
  // it. For programs that name whatever has changed.
  bool as_walked = false;
  IgnoreOptions ignore;
  bool hidden = false;           // hidden folders are looked into
  bool lists_passed_by = false;  // what was opened for nothing is in the result
  bool takes_all = false;        // whatever stands in a file, its name suffices
  unsigned jobs = 0;             // threads; 0: as many as there are processors
  // This run's part of what is told, from 0, and of how many. Everything is read in each: what a
  // file loads from another folder is no project of its own there.
  unsigned shard = 0, shards = 1;
  ScanCache* cache = nullptr;  // of the real file system, and of no other
  Progress* progress = nullptr;
  const std::atomic<bool>* stop = nullptr;  // set: the walk ends soon, with what it has
};

struct WalkedFile {
  std::string path;
  bool named = false;  // on the command line, not met while walking
};

struct PassedBy {
  std::string path;
  std::string_view why;
};

struct Walked {
  std::vector<WalkedFile> files;    // folder by folder, by the bytes of the names
  std::vector<PassedBy> passed_by;  // where they were asked for
};

// Expands directories recursively: of what stands in them, files that a reader may take by their
// names, that speak of containers, and that are not ignored (driver/ignored.h). Symlinks to folders
// below a named directory are not followed, nor are those to files out of it; hidden directories
// are passed by, but for those that configure containers (.devcontainer, .github, .vscode, those of
// agents); so are node_modules. A path that does not exist is an error of `report`; the others are
// still walked.
Walked Walk(const std::vector<std::string>& paths, const WalkOptions& options,
            const base::FileSystem& files, engine::Report& report);

// Whether a file met while walking can be of a known carrier, by its name alone.
bool MayMatter(std::string_view path);

// Whether a file that was met is no text, and its name does not say that it should be one.
bool IsPassedByAsBinary(std::string_view path, std::string_view bytes);

// The first bytes of a file that is too large, or of any other.
std::string ReadBegin(const std::string& path, const base::FileSystem& files);

// Whether what stands in this file is told by this part of a run. Files of one folder are in one.
bool IsInShard(const WalkOptions& options, std::string_view path);

// Whether the name says that it is a compose file: `compose` in it, and the ending .yaml or .yml.
bool IsComposeName(std::string_view path);

// Whether a file that was met while walking and cannot be judged is worth a gap: its name says that
// it is a script or a compose file, or its bytes speak of containers. Anything else (a picture
// without an extension, a large data file) is passed by.
bool IsLikelyInput(std::string_view path, std::string_view bytes);

}  // namespace cagelint::driver
