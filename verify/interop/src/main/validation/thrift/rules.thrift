// What thrift-gen-validator and Windhover both understand. Each struct has a few rules; the tests
// send it with values that keep them and values that break them.

include "palette.thrift"

namespace java io.windhover.interop.rules
namespace go rules

enum Color { RED = 1, GREEN = 2, BLUE = 3 }

struct Numbers {
  1: i8 small = 5 (vt.gt = "0", vt.lt = "0x10")
  2: i16 medium = 5 (vt.ge = "-10", vt.le = "010")
  3: i32 exact = 7 (vt.const = "7")
  4: i64 large = 1 (vt.in = "1", vt.in = "2", vt.in = "1_000")
  5: i32 other = 0 (vt.not_in = "3", vt.not_in = "4")
  6: double ratio = 0.5 (vt.gt = "0", vt.le = "1e3")
  7: double listed = 1.5 (vt.in = "1.5", vt.in = "0")
  8: double unlisted = 0 (vt.not_in = "2.5")
}

struct OptionalNumbers {
  1: optional i32 plain (vt.gt = "5")
  2: optional i32 needed (vt.not_nil = "true", vt.gt = "5")
  3: optional i32 standard = 1 (vt.lt = "5")
  4: optional double ratio (vt.lt = "0.5")
  5: optional bool flag (vt.const = "true")
}

struct Texts {
  1: string sized = "abc" (vt.min_size = "2", vt.max_size = "4")
  2: string counted = "abc" (vt.min_rune_size = "2", vt.max_rune_size = "3")
  3: string matched = "ab1" (vt.pattern = "^[a-z]+\\d$")
  4: string mail = "a@b.c" (vt.contains = "@", vt.prefix = "a", vt.suffix = ".c", vt.not_contains = " ")
  5: string exact = "x\ty" (vt.const = "x\ty")
  6: string listed = "a" (vt.in = "a", vt.in = "[b]")
  7: string unlisted = "a" (vt.not_in = "b", vt.not_in = "c")
  8: optional string maybe (vt.min_size = "1")
  9: optional string needed = "n" (vt.min_size = "1")
}

struct Patterns {
  1: string word = "a b" (vt.pattern = "\\bb$")
  2: string any = "x" (vt.pattern = "^.$")
  3: string space = " " (vt.pattern = "^\\s$")
  4: string folded = "É" (vt.pattern = "(?i)^é$")
  5: string posix = "ab" (vt.pattern = "^[[:alpha:]]+$")
  6: string script = "αβ" (vt.pattern = "^\\p{Greek}+$")
  7: string lines = "a\nb" (vt.pattern = "(?m)^a$")
  8: string named = "2024" (vt.pattern = "^(?P<year>\\d{4})$")
  9: string odd = "[&" (vt.pattern = "^[[&]+$")
}

struct Bytes {
  1: binary sized = "abc" (vt.min_size = "2", vt.max_size = "4")
  2: binary exact = "ab" (vt.const = "ab")
  3: binary parts = "abc" (vt.prefix = "a", vt.suffix = "c", vt.contains = "b", vt.not_contains = "x")
  4: binary matched = "a1" (vt.pattern = "^a\\d$")
  5: binary listed = "a" (vt.in = "a", vt.in = "b")
  6: binary unlisted = "a" (vt.not_in = "b")
}

struct OptionalBytes {
  1: optional binary maybe (vt.min_size = "1")
}

struct Flags {
  1: bool yes = true (vt.const = "true")
  2: bool no = false (vt.const = "F")
  3: bool same = true (vt.const = "$yes")
}

struct Enums {
  1: Color exact = Color.RED (vt.const = "Color.RED")
  2: Color listed = Color.RED (vt.in = "Color.RED", vt.in = "Color.GREEN")
  3: Color unlisted = Color.RED (vt.not_in = "Color.BLUE")
  4: Color defined = Color.RED (vt.defined_only = "true")
  5: optional Color maybe (vt.defined_only = "true")
  6: palette.Shade far = palette.Shade.DARK (vt.in = "palette.Shade.DARK")
}

struct Leaf {
  1: i32 number (vt.lt = "10")
}

struct Containers {
  1: list<i32> sized = [1] (vt.min_size = "1", vt.max_size = "2")
  2: list<string> texts (vt.elem.min_size = "1")
  3: set<i32> numbers (vt.elem.gt = "0", vt.max_size = "3")
  4: map<string, i32> entries (vt.max_size = "2", vt.key.min_size = "1", vt.value.gt = "0")
  5: list<list<i32>> matrix (vt.elem.max_size = "2", vt.elem.elem.lt = "5")
  6: map<string, list<i32>> groups (vt.value.min_size = "1", vt.value.elem.gt = "0")
  7: optional list<i32> maybe (vt.max_size = "2")
  8: list<Leaf> unchecked
  9: list<Leaf> leaves (vt.elem.skip = "false")
  10: map<string, Leaf> tree (vt.value.skip = "false", vt.no_sparse = "true")
}

struct OptionalContainers {
  1: optional list<i32> filled (vt.min_size = "1")
}

struct Structs {
  1: Leaf leaf
  2: Leaf skipped (vt.skip = "true")
  3: optional Leaf maybe
  4: optional Leaf needed (vt.not_nil = "true")
  5: optional Structs again
}

union Choice {
  1: i32 number (vt.lt = "10")
  2: Leaf leaf
  3: string text (vt.min_size = "1")
}

struct Chooser {
  1: optional Choice choice
}

exception Failure {
  1: string message = "abc" (vt.max_size = "5")
}

struct References {
  1: i32 low = 1
  2: i32 high = 9
  3: i32 between = 5 (vt.ge = "$low", vt.le = "$high")
  4: i64 wide = 5 (vt.lt = "$high")
  5: i8 narrow = 5 (vt.lt = "$large")
  6: i64 large = 300
  7: optional i32 limit
  8: i32 limited = 5 (vt.ge = "$limit")
  9: string name = "ab"
  10: string whole = "abc" (vt.prefix = "$name", vt.max_size = "$high")
  11: list<i32> items (vt.max_size = "$high")
  12: i32 listed = 1 (vt.in = "1", vt.in = "$high")
}

struct Fraction {
  1: i32 floored = 3 (vt.ge = "$edge")
  2: double edge = 2.5
}

struct UnsetReference {
  1: optional i32 limit
  2: i32 limited = 5 (vt.lt = "$limit")
}

struct Functions {
  1: string name = "abc"
  2: list<i32> items = [1, 2]
  3: i64 size = 3 (vt.const = "@len($name)")
  4: i64 count = 2 (vt.le = "@len($items)")
  5: i64 sum = 5 (vt.const = "@add($size, 2)")
  6: i64 rest = 1 (vt.const = "@mod($size, 2)")
  7: i64 past = 1 (vt.lt = "@now_unix_nano()")
  8: string label = "abc-3" (vt.const = "@sprintf(\"%s-%d\", $name, $size)")
} (vt.assert = "@equal(@mod($sum, 5), 0)", vt.assert = "@equal($count, 2)")

struct DivideByZero {
  1: i64 divisor = 1
} (vt.assert = "@equal(@mod(4, $divisor), 0)")

struct Free {
  1: i32 number
}
