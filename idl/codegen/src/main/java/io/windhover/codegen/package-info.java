/// Turns a checked Thrift model into Java source.
///
/// Start at [JavaGenerator]; [OutputDirectory] puts its files on disk. Inside, package `model`
/// gives every part of the IDL its Java name and type, package `emit` has one emitter for each kind
/// of file, which writes Java through `model.JavaSource`, and package `check` has the code for the
/// rules of values. The generated code uses `io.windhover.thrift` and `io.windhover.rpc`, which
/// these packages know by name only.
///
/// Names: members become camel case, types begin with a capital, constants stay as they are. What
/// Java or the generated class already uses gets a trailing `_`. The package is that of `namespace
/// java`, else of `namespace *`, else the file's base name in lower case.
package io.windhover.codegen;
