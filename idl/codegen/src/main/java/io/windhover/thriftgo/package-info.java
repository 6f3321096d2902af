/// Thriftgo's plugin protocol, from both ends.
///
/// A plugin is a program: it reads one [io.windhover.thriftgo.Request] from its standard input and
/// writes one [io.windhover.thriftgo.Response] to its standard output, each a Thrift struct in the
/// binary protocol without an envelope. [io.windhover.thriftgo.AstEncoder] makes the syntax tree of
/// a request from our model, and `ExternalPlugin` runs the program. The other way round,
/// `PluginMain` is such a program itself: it answers with our Java.
///
/// The structs are records in `Ast`; their field ids are the positions of their components, which
/// holds for every struct of this protocol. Source: cloudwego/thriftgo 0.4.5.
package io.windhover.thriftgo;
