include "base.thrift"
cpp_include "<map>"
namespace java com.example (owner = "us")

/** A doc. */
const map<string, list<double>> C = {"a": [1.5, 2], 'b': X} (bare)
typedef set cpp_type "S" <bool (x = "y")> T
const bool YES = true
enum E { A, B = 0x2 }
struct S xsd_all { 1: required base.B & b = "b\n" xsd_optional xsd_nillable xsd_attrs { 1: i8 c } }
service V extends base.W { oneway void f(1: optional i64 a) throws (1: base.X x) (k = "v") E g() }
