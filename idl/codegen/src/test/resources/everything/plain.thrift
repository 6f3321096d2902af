// No namespace: the package is the file's name.

struct Thing {
  1: i32 size,
}
