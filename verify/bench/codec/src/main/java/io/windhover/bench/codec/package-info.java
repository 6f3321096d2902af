/// How long do codecs take, ours beside Apache's Thrift and Google's Protobuf?
///
/// Start at [Compare], which runs [EncodeBench] and [DecodeBench] and prints a table. A [Shape] is
/// the data they work on. For messages of `.proto` files, in classes of ours and of protoc, there
/// are [MessageEncodeBench], [MessageDecodeBench] and [Message].
@NullMarked
package io.windhover.bench.codec;

import org.jspecify.annotations.NullMarked;
