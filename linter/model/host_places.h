// What the paths of a host mean that binds show: homes, projects, credentials, files that the host
// runs. Facts: rules/data/host_places.csv, a source a line.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "linter/model/container.h"

namespace cagelint::model {

struct Document;

// Where in a home directory a bind begins: "." is the home itself, or a folder above it, of
// whatever user (`~`, `$HOME`,
// `/root`, `/home/me`, `/Users/$USER`). Nothing for a path elsewhere, or one that is not known.
std::optional<std::string> PathInHome(const Mount& mount);
// The same for the project: the folder that the client, or the file, stands in. "." and what begins
// with ".." are the whole project (IsProjectBind).
std::optional<std::string> PathInProject(const Mount& mount);

struct HostPlace {
  enum class Kind : std::uint8_t { kCredential, kExecuted, kBoth, kPublic, kSocket };
  std::string_view base;  // "home", "project", "absolute"
  std::string_view path;
  bool below = false;  // what lies in it counts as well
  Kind kind = Kind::kPublic;
  std::string_view reason;  // what is in it
  std::string_view runs;    // what of the host runs it

  bool IsCredential() const { return kind == Kind::kCredential || kind == Kind::kBoth; }
  bool IsExecuted() const { return kind == Kind::kExecuted || kind == Kind::kBoth; }
};
// What the table has of the place that a bind shows, the most specific entry. Null for none. It
// lives for ever.
const HostPlace* FindHostPlace(const Mount& mount);

// Whether a bind shows a part of the host's own system (rules/data/host_paths.csv).
bool IsHostSystem(const Mount& mount);

// A component of the path is `.git`.
bool IsInGitFolder(const Mount& mount);

// The absolute path of a bind, a link of the system undone: "/var/run/x" is "/run/x". "" where it
// is not absolute or not known.
std::string AbsolutePath(const Mount& mount);

// Makes absolute paths that are the project, or lie in it, relative to it. `folder` is that of the
// document's file, `root` that of its repository or `folder` again; both absolute and clean.
void FindProjectPaths(Document& document, const std::string& folder, const std::string& root);

}  // namespace cagelint::model
