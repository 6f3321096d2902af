/// The syntax tree: what a `.proto` file says, before anyone asks what it means.
///
/// Start at [Document]. Nodes are immutable records with the [span][Node#span] they were read from.
/// Names are not resolved here, and options not interpreted; the model in `io.windhover.proto` is
/// the resolved view.
package io.windhover.proto.ast;
