/// Lists of numbers with no object for each of them: what generated code has where an IDL says
/// `list<i32>` or `repeated int32`.
///
/// Start at [IntList]; the others are the same for other types. This package depends on nothing but
/// the JDK, and knows neither buffers nor protocols.
package io.windhover.buffer.list;
