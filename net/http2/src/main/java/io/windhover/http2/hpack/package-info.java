/// HPACK: header lists as blocks of bytes, and blocks as header lists, by RFC 7541.
///
/// Start at [HeaderEncoder] and [HeaderDecoder], one of each for a connection; a list is made of
/// [HeaderField]s. Below the line, [StaticTable] is what all connections know, [EncoderTable] and
/// [DecoderTable] are what one of them has learned, and [Huffman] and [HuffmanDecoder] the code of
/// texts. Depends on the link buffer and the JDK; frames, streams and what a field means are no
/// concern of this package. The page is `docs/wire/hpack.md`.
package io.windhover.http2.hpack;
