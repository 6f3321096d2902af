namespace java com.example.deeper
const i32 DEPTH = 3
struct Deep { 1: i32 x = DEPTH }
