/// Whether nothing is lost, whatever happens: clients and a server as processes of their own, each
/// with an append-only file of what it has seen of every call; faults; and in the end one audit of
/// the files, which trusts nothing else.
///
/// [Audit] has the equations, [Event] the files. [LedgerTest] makes the faults.
package io.windhover.conformance.ledger;
