// Which files may be edited for a request, and what stays unfixed.
#pragma once

#include <set>
#include <string>
#include <string_view>

#include "linter/driver/fix.h"

namespace cagelint::driver {

class EditScope {
 public:
  EditScope(const Request& request, const base::FileSystem& files, const FixOptions& options);

  // A project may load files from anywhere; those of others are not edited for it.
  bool MayEdit(const std::string& path) const;
  // Whether all its edits may be made, and it is not too unsafe.
  bool MayMake(const diagnostic::Fix& fix, const Outcome& outcome) const;

 private:
  bool IsNamed(std::string_view path) const;

  std::set<std::string, std::less<>> named_;
  std::string only_;
  bool unsafe_ = false;
};

// Fills in Fixing::unmade from `after` and `left_out`.
void NameUnmade(Fixing& fixing, const EditScope& scope);

// The paths of the request whose file has another name that is linted; as FixOptions::identity.
std::set<std::string, std::less<>> OtherNames(const Request& request, const base::FileSystem& files,
                                              const FixOptions& options);

}  // namespace cagelint::driver
