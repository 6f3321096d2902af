/// The IDL in terms of Java: the types, fields and methods that it becomes, with their names, their
/// values, and the layout of the source.
///
/// Start at [Lowering], which makes all of it from the checked IDL. This package may use the front
/// end of the compiler.
package io.windhover.codegen.model;
