# needs: cmake ninja make cc
# prints: built with Ninja
# prints: built with Unix Makefiles
printf 'cmake_minimum_required(VERSION 3.16)\nproject(sample C)\nadd_executable(sample main.c)\nenable_testing()\nadd_test(NAME sample COMMAND sample)\n' >CMakeLists.txt
printf '#include <stdio.h>\nint main(void) { puts("built with " GENERATOR); }\n' >main.c
for generator in Ninja "Unix Makefiles"; do
  cmake -G "$generator" -B build -DCMAKE_C_FLAGS="-DGENERATOR='\"$generator\"'" . >/dev/null
  cmake --build build -j 2 >/dev/null
  ctest --test-dir build >/dev/null
  build/sample
  rm -rf build
done
