/// How long do codecs take, ours beside Apache's Thrift and Google's Protobuf?
///
/// Start at [Compare], which runs [EncodeBench] and [DecodeBench] and prints a table. A [Shape] is
/// the data they work on.
@NullMarked
package io.windhover.bench.codec;

import org.jspecify.annotations.NullMarked;
