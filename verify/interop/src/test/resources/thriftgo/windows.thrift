// With the line ends of Windows.
/* on two
   lines */
struct A { // brace
  1: i32 a // behind
  # before
  2: i32 b
}
enum E {
  X, // x
  Y # y
}
