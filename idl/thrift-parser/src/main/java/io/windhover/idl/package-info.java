/// The checked model of Thrift IDL files, and the compiler that makes it.
///
/// Start at [ThriftCompiler]. Its result is a list of [Program]s, one a file, in which every name
/// is resolved: a [Field] has a [Type], a `throws` list has exceptions, a constant has a typed
/// [Value]. Each part of the model knows the syntax it came from (`io.windhover.idl.ast`), for
/// annotations, doc comments and positions.
package io.windhover.idl;
