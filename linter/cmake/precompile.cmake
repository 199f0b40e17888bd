# Headers that most files include are read once instead of once a file, which takes a third off a
# build. Files include what they use all the same: a build without CAGELINT_PRECOMPILE shows it.
set(CAGELINT_PRECOMPILED
  <algorithm> <array> <cassert> <cctype> <charconv> <cstddef> <cstdint> <functional> <iterator> <map>
  <memory> <optional> <set> <span> <string> <string_view> <tuple> <unordered_map> <utility> <variant>
  <vector>)

# cagelint_precompile(TARGET HEADER…): these and the common ones.
function(cagelint_precompile target)
  if(CAGELINT_PRECOMPILE)
    target_precompile_headers(${target} PRIVATE ${CAGELINT_PRECOMPILED} ${ARGN})
  endif()
endfunction()

# cagelint_precompiled_by(TARGET OTHER): those of another target.
function(cagelint_precompiled_by target other)
  if(CAGELINT_PRECOMPILE)
    target_precompile_headers(${target} REUSE_FROM ${other})
  endif()
endfunction()
