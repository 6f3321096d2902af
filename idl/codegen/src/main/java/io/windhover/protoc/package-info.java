/// Our generator as a plugin of protoc: a request on the standard input, an answer on the standard
/// output.
///
/// Start at [io.windhover.protoc.PluginMain]. A request has descriptors and no texts, and what
/// generates knows files by their texts; so the descriptors are written as `.proto` files again
/// ([io.windhover.protoc.FileText]), which our compiler reads.
package io.windhover.protoc;
