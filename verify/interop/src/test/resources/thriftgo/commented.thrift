// Comments of a file without headers belong to its first definition,
#! and so does this

/* and
   this */ struct First {} // behind First
// before Second
struct Second {
} /* behind
  Second */ struct Third { 1: i32 a, /* a */ 2: i32 b /* b1 */ // b2
  # before c
  3: i32 c;
  //
  4: i32 d
  ; // e
  #
  5: i32 e #
}

service S { void f( // of a
  1: i32 a
  // of b
  2: i32 b, // not of b
  ) // of nobody
  throws ( // of x
  1: X x // not of x
  ) /* of nobody */
  /* of g */ void g() // of nobody
  void h(1: i32 a/* of a */)
}
exception X {}
