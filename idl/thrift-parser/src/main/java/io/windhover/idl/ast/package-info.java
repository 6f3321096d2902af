/// The syntax tree: what an IDL file says, before anyone asks what it means.
///
/// Start at [Document]. Nodes are immutable records with the [span][Node#span] they were read from,
/// and keep what Java has no use for (`cpp_type`, `xsd_*`, raw literals) so that a tool can write
/// the file back. Names are not resolved here; the model in `io.windhover.idl` is the resolved
/// view.
package io.windhover.idl.ast;
