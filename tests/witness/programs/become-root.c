// Installed as a setuid program of root: ends with 0 when that makes its caller root.
#include <stdio.h>
#include <unistd.h>

int main(void) {
  printf("uid %d, effective %d\n", (int)getuid(), (int)geteuid());
  return geteuid() == 0 && getuid() != 0 ? 0 : 1;
}
