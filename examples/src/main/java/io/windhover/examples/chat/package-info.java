/// The network library alone: a chat server in one class. `docs/netpoll.md` explains it line by
/// line.
package io.windhover.examples.chat;
