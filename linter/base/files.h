// The only way to the file system: a struct of functions, so that tests and editors can stand in.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "linter/base/result.h"

namespace cagelint::base {

enum class FileKind {
  kMissing,
  kRegular,
  kDirectory,
  kOther,
  kDenied,  // the folder around it may not be searched
};

enum class ReadFailure { kNone, kMissing, kNotRegular, kDenied, kTooLarge, kIo };

struct ReadResult {
  ReadFailure failure = ReadFailure::kNone;
  std::string bytes;    // whole file when failure is kNone, otherwise empty
  std::string message;  // "no such file", "is a FIFO, not a regular file", …

  bool Ok() const { return failure == ReadFailure::kNone; }
};

class Folder;

// Paths are relative to the working directory or absolute, with '/'.
struct FileSystem {
  // Reads a regular file of at most kLargestFile bytes. Never blocks: a FIFO, socket or device is
  // refused without being opened for reading. A symlink is followed.
  std::function<ReadResult(const std::string& path)> read;
  // What stands at `path`, a symlink followed.
  std::function<FileKind(const std::string& path)> kind;
  // Whether `path` itself is a symlink.
  std::function<bool(const std::string& path)> is_link;
  // The names in a directory, sorted, without "." and "..". A symlink is listed by its own name.
  std::function<Result<std::vector<std::string>>(const std::string& path)> list;
  // The absolute path of the working directory, without a trailing slash (but "/").
  std::string working_directory;
  // `path`, absolute and without a symlink in it; "" where nothing stands there. May be null.
  std::function<std::string(const std::string& path)> resolve;
  // A folder to walk over (base/folder.h). May be null: then it is made of the functions above.
  std::function<Result<std::unique_ptr<Folder>>(const std::string& path)> folder;
};

// The real one.
FileSystem RealFiles();

// `path` without empty, "." and inner ".." parts, as path.Clean of Go does it: "" becomes ".".
// Purely lexical: symlinks are not looked at.
std::string CleanPath(std::string_view path);
// `path` when it is absolute, otherwise `directory`/`path`; cleaned.
std::string JoinPath(std::string_view directory, std::string_view path);
// `name` in the folder `path`, as ShownPath shows both.
std::string JoinShown(std::string_view path, std::string_view name);
// `path` as every output shows it: cleaned, and relative where it is below `working_directory`.
std::string ShownPath(std::string_view path, std::string_view working_directory);
// `path` as it is named from `directory`, with ".." where it lies elsewhere. Both are absolute and
// clean.
std::string RelativePath(std::string_view directory, std::string_view path);
// Everything before the last '/': "" for a bare name, "/" for a name in the root.
std::string_view DirectoryOf(std::string_view path);
std::string_view NameOf(std::string_view path);

}  // namespace cagelint::base
