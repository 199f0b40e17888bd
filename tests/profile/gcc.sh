# required
# needs: g++ ld ar
# prints: threads 10
# prints: caught
# prints: library 7
cat >main.cpp <<'END'
#include <atomic>
#include <cstdio>
#include <filesystem>
#include <future>
#include <stdexcept>
#include <thread>
#include <vector>
int seven();
int main() {
  std::atomic<int> sum = 0;
  std::vector<std::thread> threads;
  for (int i = 1; i <= 4; ++i) threads.emplace_back([&sum, i] { sum += i; });
  for (auto& thread : threads) thread.join();
  std::printf("threads %d\n", sum.load());
  try {
    std::async(std::launch::async, [] { throw std::runtime_error("caught"); }).get();
  } catch (const std::exception& error) {
    std::puts(error.what());
  }
  if (std::filesystem::exists("main.cpp")) std::printf("library %d\n", seven());
}
END
printf 'int seven() { return 7; }\n' >seven.cpp
g++ -O2 -g -std=c++17 -c main.cpp seven.cpp
ar rcs libseven.a seven.o
g++ -flto -o main main.o -L. -lseven -pthread
./main
