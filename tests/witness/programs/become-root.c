// usage: become-root [PROGRAM [ARGUMENT]...]
// Installed as a setuid program of root. Runs PROGRAM as root; ends with 1 when it has not become so.
#define _GNU_SOURCE
#include <stdio.h>
#include <unistd.h>

int main(int count, char** words) {
  printf("user %d, effective %d\n", (int)getuid(), (int)geteuid());
  fflush(stdout);
  if (geteuid() != 0) return 1;
  if (count < 2) return 0;
  // The user needs no capability for that; the group does, and matters less.
  if (setresuid(0, 0, 0) != 0) return 1;
  if (setresgid(0, 0, 0) != 0) perror("group");
  execvp(words[1], words + 1);
  perror(words[1]);
  return 127;
}
