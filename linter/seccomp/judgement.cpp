#include "linter/seccomp/judgement.h"
