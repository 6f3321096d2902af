/// How messages lie on the wire: Buffered, Framed and TTHeader around Thrift strict binary.
///
/// Start at [FrameCutter], which finds the end of a message on a poller, and [Envelope], which
/// reads what lies around one on the thread of its call; [FrameWriter] writes the whole.
/// [WireFormats] has what others bring. No sockets and no threads here; client and server stand on
/// this package, never the other way round. Pages: `docs/wire/`.
package io.windhover.rpc.wire;
