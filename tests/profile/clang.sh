# required
# needs: clang
# prints: built by clang
printf '#include <stdio.h>\nint main(void) { puts("built by clang"); }\n' >main.c
clang -O2 -o main main.c
./main
