namespace java com.example.size

struct Two {
  1: required i64 id,
  2: string name,
}
