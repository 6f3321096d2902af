namespace java com.example.size

struct Ten {
  1: i64 id
  2: string name
  3: i32 count
  4: double price
  5: bool visible
  6: list<string> tags
  7: map<string, i64> stock
  8: binary image
  9: optional string note
  10: optional i32 rank
}
