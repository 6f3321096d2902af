/// From files to syntax trees: finding, decoding, cutting into tokens, parsing.
///
/// Start at [Loader] and [Parser]. Knows nothing of what names mean.
package io.windhover.proto.parser;
