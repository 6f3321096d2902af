/// What writes the source of generated classes, a class for each kind of them.
///
/// Start at [StructEmitter]; [ValueCode] reads, writes and copies single values. This package may
/// use the model of the Java that is generated and the code of its checks, and writes no files.
package io.windhover.codegen.emit;
