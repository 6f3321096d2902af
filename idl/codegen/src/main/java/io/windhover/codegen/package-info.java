/// Turns a checked Thrift model into Java source.
///
/// Start at [io.windhover.codegen.JavaGenerator]; [io.windhover.codegen.OutputDirectory] puts its
/// files on disk. Inside, a lowering step gives every part of the IDL its Java name and type
/// (`JavaField`, `WireType`, `ServiceShape`), and one emitter for each kind of file writes Java
/// through `JavaSource`. The generated code uses `io.windhover.thrift` and `io.windhover.rpc`,
/// which this package knows by name only.
///
/// Names: members become camel case, types begin with a capital, constants stay as they are. What
/// Java or the generated class already uses gets a trailing `_`. The package is that of `namespace
/// java`, else of `namespace *`, else the file's base name in lower case.
package io.windhover.codegen;
