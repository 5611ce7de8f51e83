// A stranger's program: finds the package, includes by its installed names and links the rooms.
#include <cstdio>

#include <heaplaw/vocabulary/release.h>

int main() {
  const auto older = heaplaw::Release::parse("go1.19.8");
  const auto newer = heaplaw::Release::parse("1.26");
  if (!(older < newer)) return 1;
  std::printf("%s is older than %s\n", older.name().c_str(), newer.name().c_str());
}
