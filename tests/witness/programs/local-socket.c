// Talks over a socket in the file system, for which busybox has no command.
//   local-socket ask PATH            sends one block of its input, and prints what comes back
//   local-socket serve PATH ANSWER   stands for a service of the host: answers each who connects
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

static int Failed(const char* what) {
  perror(what);
  return 1;
}

static int Ask(int socket) {
  char bytes[4096];
  ssize_t count = read(STDIN_FILENO, bytes, sizeof bytes);
  if (count < 0 || write(socket, bytes, count) < 0) return Failed("request");
  while ((count = read(socket, bytes, sizeof bytes)) > 0) {
    fwrite(bytes, 1, count, stdout);
    fflush(stdout);
  }
  return count < 0 ? Failed("read") : 0;
}

static int Serve(int socket, const char* path, const char* answer) {
  char bytes[4096];
  if (listen(socket, 8) != 0 || chmod(path, 0666) != 0) return Failed(path);
  puts("ready");
  fflush(stdout);
  for (;;) {
    const int client = accept(socket, NULL, NULL);
    if (client < 0) return Failed("accept");
    if (read(client, bytes, sizeof bytes) >= 0) dprintf(client, "%s\n", answer);
    close(client);
  }
}

int main(int count, char** words) {
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  const int local = socket(AF_UNIX, SOCK_STREAM, 0);
  if (count < 3 || strlen(words[2]) >= sizeof address.sun_path || local < 0) return 2;
  strcpy(address.sun_path, words[2]);
  if (strcmp(words[1], "serve") == 0 && count == 4) {
    if (bind(local, (struct sockaddr*)&address, sizeof address) != 0) return Failed(words[2]);
    return Serve(local, words[2], words[3]);
  }
  if (connect(local, (struct sockaddr*)&address, sizeof address) != 0) return Failed(words[2]);
  return Ask(local);
}
