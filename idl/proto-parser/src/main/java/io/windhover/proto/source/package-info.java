/// Where `.proto` files are found ([SourcePath]), and the bytes that they and their texts are.
///
/// This package knows no grammar and depends on nothing but the JDK.
package io.windhover.proto.source;
